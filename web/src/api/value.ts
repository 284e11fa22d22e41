/** What a doctor is worth attention for: potential with its history, where they stand, what is allotted to them. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { shortListQuery } from "./day";
import type { paths } from "./schema";

type Got<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { "application/json": infer Body } } } } } ? Body : never;
export type RecordRanking = Got<"/api/v1/hcp/{id}/ranking">["items"][number];

export const recordRankingsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "ranking", currentLanguage()],
    queryFn: async () => (await answer(api.GET("/api/v1/hcp/{id}/ranking", { params: { path: { id: hcp } } }))).items,
  });

export type RankingGrid = Got<"/api/v1/ranking/{name}/grid">;

/** The reader's records by the bands of the first two measures; narrowed by a condition over them. */
export const rankingGridQuery = (name: string, filter?: object) =>
  queryOptions({
    queryKey: ["ranking", name, "grid", filter ?? null, currentLanguage()],
    meta: { shows: ["hcp"] },
    queryFn: () => {
      const query = filter === undefined ? {} : { filter: JSON.stringify(filter) };
      return answer(api.GET("/api/v1/ranking/{name}/grid", { params: { path: { name }, query } }));
    },
  });

/** Starts a playbook for a doctor by hand; its steps become tasks. */
export const startPlaybook = (hcp: string, playbook: string) =>
  answer(api.POST("/api/v1/hcp/{id}/playbooks", { params: { path: { id: hcp } }, body: { playbook } as never }));

/** Changes of the potential, newest first. */
export const tierReadingsQuery = (hcp: string) =>
  shortListQuery("tier_reading", { filter: { "==": [{ var: "hcp" }, hcp] }, sort: "-at", limit: 50 });

/** What is scarce, the next to begin first. */
export const resourcesQuery = (filter: Record<string, unknown> | undefined) =>
  shortListQuery("resource", { filter, sort: "starts_on", expand: ["product", "team"], limit: 200 });

/** Who has some of it or waits for it: the line in its order, then those who have some. */
export const allotmentsQuery = (resource: string) =>
  shortListQuery("allotment", {
    filter: { "==": [{ var: "resource" }, resource] },
    sort: "place,-asked_at",
    fields: ["hcp", "hcp.title", "hcp.tier", "amount", "state", "place", "owner", "owner.title", "asked_at", "reason"],
    limit: 200,
  });
