import { useQuery } from "@tanstack/react-query";
import { definitionQuery, type Definition } from "../../../api/definitions";
import { ApiProblem } from "../../../api/problem";
import { remember } from "../../../lib/device";
import type { Body } from "../../../api/definitions";

/** A definition, or what stands for one that is only begun on this device. */
export function useDefinition(kind: string, name: string) {
  const query = useQuery({
    ...definitionQuery(kind, name),
    retry: (count, error) => !(error instanceof ApiProblem && error.status === 404) && count < 2,
  });
  const isNew = query.error instanceof ApiProblem && query.error.status === 404;
  const definition: Definition | undefined = isNew ? begun(kind, name) : query.data;
  return { definition, isNew, isPending: query.isPending, error: isNew ? null : query.error };
}

function begun(kind: string, name: string): Definition {
  return { kind, name, label: name, origin: "withdrawn", version: 0, published_at: null, by: null, by_name: "", note: "", body: null, shipped: null, versions: [] };
}

/** Keeps the first draft of something new on this device, for its page to go on with. */
export function begin(key: string, parts: { kind: string; name: string; body: Body }[]): void {
  const drafts = Object.fromEntries(parts.map(({ kind, name, body }) => [`${kind}/${name}`, { version: 0, body }]));
  remember(`ondo.studio.${key}`, JSON.stringify(drafts));
}
