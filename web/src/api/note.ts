/** What a quick note says, as the server reads it: nothing is kept there. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Operation = paths["/api/v1/note/parse"]["post"];
export type NoteReading = Operation["responses"][200]["content"]["application/json"];
export type NotePiece = NoteReading["pieces"][number];

/** `at` is when the visit took place, null for now: "this week" counts from there. */
export const noteQuery = (text: string, at: string | null) =>
  queryOptions({
    queryKey: ["note", text, at, currentLanguage()],
    enabled: text.trim() !== "",
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: (): Promise<NoteReading> =>
      answer(api.POST("/api/v1/note/parse", { body: { text, lang: currentLanguage(), ...(at === null ? {} : { at }) } })),
  });
