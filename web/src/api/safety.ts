/** Safety reports: what must be done by when, and on what that rests. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { recordKey, recordQuery } from "./records";
import type { paths } from "./schema";

type Answer = paths["/api/v1/safety_report/{id}/deadlines"]["get"]["responses"][200]["content"]["application/json"];
export type ReportDeadline = Answer["items"][number];

export const reportExpansion = ["product", "hcp", "hco", "owner", "visit", "follows", "submitted_by", "received_by"];

export const reportQuery = (id: string) => recordQuery("safety_report", id, reportExpansion);

export const reportDeadlinesQuery = (id: string) =>
  queryOptions({
    queryKey: [...recordKey("safety_report", id), "deadlines", currentLanguage()],
    queryFn: async () => (await answer(api.GET("/api/v1/safety_report/{id}/deadlines", { params: { path: { id } } }))).items,
  });

/** The report on one sheet of paper. */
export const reportSheet = (id: string): string => `/api/v1/safety_report/${id}/report.pdf`;
