/** An institution, and the people who decide there. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { is } from "./day";
import { fetchList } from "./records";
import { expanded, type AnyRecord } from "./shapes";

export const hcoQuery = (id: string) =>
  queryOptions({
    queryKey: ["hco", id, currentLanguage()],
    queryFn: () => answer(api.GET("/api/v1/hco/{id}", { params: { path: { id }, query: { expand: "owner,parent" } } })),
  });

/** Somebody at the institution: the person, and what they are there, where an affiliation says it. */
export interface Stakeholder {
  person: AnyRecord;
  affiliation: AnyRecord | null;
  /** Whether the institution is their main one: whose temperature counts for it. */
  counts: boolean;
}

export interface Stakeholders {
  people: Stakeholder[];
  /** Those at their main institution that are not shown, because there are too many. */
  beyond: number;
}

const most = 200;

/** Each person once, whether they work here by their record, by an affiliation, or both. */
export function joinPeople(hco: string, main: AnyRecord[], affiliations: AnyRecord[]): Stakeholder[] {
  const people = new Map<string, Stakeholder>(
    main.map((person) => [person.id, { person, affiliation: null, counts: true }]),
  );
  for (const affiliation of affiliations) {
    const person = expanded(affiliation, "hcp");
    if (person === null) continue;
    const known = people.get(person.id);
    if (known === undefined) people.set(person.id, { person, affiliation, counts: person["primary_hco"] === hco });
    else known.affiliation ??= affiliation;
  }
  return [...people.values()];
}

export const stakeholdersQuery = (hco: string) =>
  queryOptions({
    queryKey: ["hco", hco, "people", currentLanguage()],
    queryFn: async (): Promise<Stakeholders> => {
      const [main, affiliations] = await Promise.all([
        fetchList("hcp", { filter: is("primary_hco", hco), expand: ["owner"], sort: "-last_visit_at", limit: most, total: true }),
        fetchList("affiliation", { filter: is("hco", hco), expand: ["hcp"], limit: most }),
      ]);
      const people = joinPeople(hco, main.items, affiliations.items);
      return { people, beyond: Math.max(0, (main.total ?? 0) - main.items.length) };
    },
  });
