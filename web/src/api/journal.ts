/** The journal as a whole: what is looked for, what was found, and the proof of an entry. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Got<O> = O extends { responses: { 200: { content: { "application/json": infer Body } } } } ? Body : never;

export type JournalPage = Got<paths["/api/v1/journal"]["get"]>;
export type JournalEntry = JournalPage["items"][number];
export type JournalProof = Got<paths["/api/v1/journal/{position}/proof"]["get"]>;

/** Each as the address holds it; what is left out is not looked for. */
export interface JournalSearch {
  object?: string | undefined;
  id?: string | undefined;
  by?: string | undefined;
  action?: string | undefined;
  via?: string | undefined;
  field?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  q?: string | undefined;
  batch?: string | undefined;
}

export const journalQuery = (search: JournalSearch) =>
  infiniteQueryOptions({
    queryKey: ["journal", search, currentLanguage()],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }): Promise<JournalPage> => {
      const asked = Object.entries({ ...search, cursor: pageParam }).filter(([, value]) => value);
      return answer(api.GET("/api/v1/journal", { params: { query: Object.fromEntries(asked) } }));
    },
    getNextPageParam: (page) => page.next,
  });

export const proofQuery = (position: number) =>
  queryOptions({
    queryKey: ["journal", "proof", position],
    queryFn: (): Promise<JournalProof> =>
      answer(api.GET("/api/v1/journal/{position}/proof", { params: { path: { position: String(position) } } })),
  });
