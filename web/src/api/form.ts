/** What a new visit is asked for, in modules: the server chooses the form by whom it is with. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Operation = paths["/api/v1/form"]["get"];
export type RecordForm = Operation["responses"][200]["content"]["application/json"];
export type FormModule = RecordForm["modules"][number];

export const visitFormQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["form", "visit", hcp, currentLanguage()],
    staleTime: 60_000,
    queryFn: (): Promise<RecordForm> => answer(api.GET("/api/v1/form", { params: { query: { object: "visit", hcp } } })),
  });
