/** What a doctor's temperature is drawn from: readings, visits, memos, and who was responsible when. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { where } from "./queries";
import type { paths } from "./schema";

const most = 500;

type Got<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { "application/json": infer Body } } } } } ? Body : never;
export type RecordScore = Got<"/api/v1/hcp/{id}/score">["items"][number];
export type ScoreRule = Got<"/api/v1/score">["items"][number];

/** Oldest first. */
export const curveReadingsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "readings", "all", currentLanguage()],
    queryFn: async () => {
      const query = { filter: where({ hcp }), sort: "-at", limit: most, expand: "by,product" };
      const { items } = await answer(api.GET("/api/v1/temperature_reading", { params: { query } }));
      return items.reverse();
    },
  });

export const curveVisitsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "visits", "all", currentLanguage()],
    queryFn: async () => {
      const filter = JSON.stringify({ and: [{ "==": [{ var: "hcp" }, hcp] }, { in: [{ var: "state" }, ["completed", "signed"]] }] });
      const query = { filter, sort: "-held_at", limit: most, fields: "held_at,channel,owner.title" };
      const { items } = await answer(api.GET("/api/v1/visit", { params: { query } }));
      return items.reverse();
    },
  });

/** Changes of the responsible representative, oldest first. */
export const curveHandoversQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "handovers", currentLanguage()],
    queryFn: async () => {
      const query = { filter: where({ hcp }), sort: "-at", limit: 100, fields: "at,from_user,to_user,from_user.title,to_user.title" };
      const { items } = await answer(api.GET("/api/v1/handover", { params: { query } }));
      return items.reverse();
    },
  });

export const recordScoresQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "score", currentLanguage()],
    queryFn: async () => (await answer(api.GET("/api/v1/hcp/{id}/score", { params: { path: { id: hcp } } }))).items,
  });

export type Backtest = Got<"/api/v1/score/{name}/backtest">;
/** While it goes on: how many looks of how many. */
export interface BacktestUnderWay {
  status: "running";
  done: number;
  looks: number;
}

export const isUnderWay = (figures: Backtest | BacktestUnderWay): figures is BacktestUnderWay =>
  "status" in figures && figures.status === "running";

const askAgain = 1000;

/** A rule replayed on the past: asked for by hand, for it takes a while. */
export const backtestQuery = (name: string, horizon: number) =>
  queryOptions({
    queryKey: ["score", name, "backtest", horizon],
    staleTime: 30 * 60_000,
    queryFn: async (): Promise<Backtest | BacktestUnderWay> =>
      await answer(api.GET("/api/v1/score/{name}/backtest", { params: { path: { name }, query: { horizon } } })),
    refetchInterval: ({ state }: { state: { data?: Backtest | BacktestUnderWay | undefined } }) =>
      state.data !== undefined && isUnderWay(state.data) ? askAgain : false,
  });

export const scoreRulesQuery = () =>
  queryOptions({
    queryKey: ["score", currentLanguage()],
    staleTime: 5 * 60_000,
    queryFn: async () => (await answer(api.GET("/api/v1/score"))).items,
  });
