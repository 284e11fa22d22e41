/** Compliance: what others should look at in a text, as saving will say it, and the findings of what was saved. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { fetchList } from "./records";
import type { paths } from "./schema";

type Operation = paths["/api/v1/lint"]["post"];
export type LintReading = Operation["responses"][200]["content"]["application/json"];
export type LintFinding = LintReading["findings"][number];
export type Severity = LintFinding["severity"];

/** Whom a text is about: their market decides what is forbidden. */
export interface LintSubject {
  hcp?: string | undefined;
  hco?: string | undefined;
  visit?: string | undefined;
}

/** What a text holds, with the text, so that places are never shown in another one. */
export interface TextReading {
  text: string;
  findings: LintFinding[];
}

/** `field` is an object's field, "visit.discussion": whose words it reports is said there. */
export const lintQuery = (text: string, field: string, subject: LintSubject) =>
  queryOptions({
    queryKey: ["lint", text, field, subject, currentLanguage()],
    enabled: text.trim() !== "",
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<TextReading> => {
      const { findings } = await answer(api.POST("/api/v1/lint", { body: { text, field, lang: currentLanguage(), ...subject } }));
      return { text, findings };
    },
  });

export const findingsKey = ["finding"] as const;

type Lists = paths["/api/v1/finding"]["get"]["responses"][200]["content"]["application/json"];
export type Finding = Lists["items"][number];

async function readFindings(filter: object, sort: string): Promise<Finding[]> {
  const query = { filter: JSON.stringify(filter), sort, expand: "owner,hcp,reviewed_by", limit: 100 };
  return (await answer(api.GET("/api/v1/finding", { params: { query } }))).items;
}

const is = (field: string, value: string) => ({ "==": [{ var: field }, value] });

/** What was found in a visit and in all that belongs to it. */
export const visitFindingsQuery = (visit: string) =>
  queryOptions({
    queryKey: [...findingsKey, "visit", visit, currentLanguage()],
    queryFn: () => readFindings(is("visit", visit), "found_at"),
  });

/** What led to a safety report. */
export const reportFindingsQuery = (report: string) =>
  queryOptions({
    queryKey: [...findingsKey, "report", report, currentLanguage()],
    queryFn: () => readFindings(is("report", report), "found_at"),
  });

/** The queue of those who review. */
export const queueQuery = (route: string, state: string) =>
  queryOptions({
    queryKey: [...findingsKey, "queue", route, state, currentLanguage()],
    queryFn: () => readFindings({ and: [is("route", route), is("state", state)] }, state === "open" ? "found_at" : "-found_at"),
  });

/** How many stand there. */
export const queueCountQuery = (route: string, state: string) =>
  queryOptions({
    queryKey: [...findingsKey, "count", route, state],
    queryFn: async () => (await fetchList("finding", { filter: { and: [is("route", route), is("state", state)] }, fields: ["state"], limit: 1, total: true })).total ?? 0,
  });

interface FindingChange {
  finding: Finding;
  change: { state?: string; note?: string; acknowledged?: boolean };
}

/** A decision of those who review, or the author's confirmation. */
export function useChangeFinding() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ finding, change }: FindingChange) =>
      answer(
        api.PATCH("/api/v1/finding/{id}", {
          params: { path: { id: finding.id } },
          headers: { "If-Match": `"${finding.version}"` },
          body: change as never,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: findingsKey }),
  });
}
