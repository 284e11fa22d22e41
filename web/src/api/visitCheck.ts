/** What a visit that is being written is worth, and what its promises lack: the server keeps nothing of it. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Operation = paths["/api/v1/visit/check"]["post"];
export type VisitChecked = Operation["responses"][200]["content"]["application/json"];
export type VisitQuality = NonNullable<VisitChecked["quality"]>;

/** `visit` is the request as it would be sent; null while there is nothing to look at. */
export const visitCheckQuery = (visit: object | null) =>
  queryOptions({
    queryKey: ["visit-check", visit, currentLanguage()],
    enabled: visit !== null,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: (): Promise<VisitChecked> => answer(api.POST("/api/v1/visit/check", { body: { ...visit } })),
  });

/** The same of a visit that is recorded. */
export const visitQualityQuery = (visit: string) =>
  queryOptions({
    queryKey: ["visit", "score", visit, currentLanguage()],
    queryFn: async (): Promise<VisitQuality | null> => {
      const { items } = await answer(api.GET("/api/v1/visit/{id}/score", { params: { path: { id: visit } } }));
      return items.find(({ score, applies }) => score === "visit_quality" && applies) ?? null;
    },
  });
