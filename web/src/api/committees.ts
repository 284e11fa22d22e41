/** Drug committees by countdown. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

export type CommitteeBoard =
  paths["/api/v1/committee-board"]["get"]["responses"][200]["content"]["application/json"];
export type Meeting = CommitteeBoard["items"][number];
export type Member = Meeting["members"][number];

export const boardScopes = ["own", "team", "all"] as const;
export type BoardScope = (typeof boardScopes)[number];

export const boardQuery = (scope: BoardScope) =>
  queryOptions({
    queryKey: ["committee-board", scope, currentLanguage()],
    meta: { shows: ["committee", "hco", "affiliation", "visit", "task"] },
    placeholderData: keepPreviousData,
    queryFn: () => answer(api.GET("/api/v1/committee-board", { params: { query: { scope } } })),
  });
