/** Search in everything that the reader may see. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { AnyRecord } from "./shapes";

export interface Hit {
  object: string;
  id: string;
  title: string;
  record: AnyRecord;
}

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q, currentLanguage()],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Hit[]> => {
      const found = answer(api.GET("/api/v1/search", { params: { query: { q } }, signal }));
      return (await found).items as unknown as Hit[];
    },
  });
