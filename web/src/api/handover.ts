/** Handing doctors over: who goes to whom, what must still be written down, what has been read. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { all, is, mine, shortListQuery } from "./day";
import { listKey, listParameters, recordKey, type Condition, type ListQuery } from "./records";
import type { AnyRecord, Hcp, Memo } from "./shapes";

export type MemoKind = NonNullable<Memo["kind"]>;

/** The plans that a condition holds for, with their two people. */
export const plansQuery = (filter: Condition | undefined) =>
  shortListQuery("handover_plan", { filter, sort: "due_on", expand: ["from_user", "to_user"], limit: 200, total: true });

/** Those that concern one person, and those that concern everybody. */
export const underWay = (...conditions: Condition[]): Condition | undefined => all(is("state", "open"), ...conditions);

export interface Standing {
  tier?: string | null;
  temperature?: string | null;
  institution?: string | null;
  promises?: number;
}

/** One doctor of a plan, and how the doctor stands now. */
export interface HandoverDoctor extends AnyRecord {
  version: number;
  hcp: string;
  doctor: string | null;
  position: number | null;
  missing: MemoKind[] | null;
  memo_complete: boolean | null;
  read_at: string | null;
  now?: Standing;
}

interface DoctorPage {
  items: HandoverDoctor[];
  next: string | null;
  /** Doctors of tier A of whom something is still to be written down: the plan cannot be completed before. */
  tier_a_missing?: number;
}

/** As many as one reads at a time. */
export const readingSize = 50;

const doctorsKey = (plan: string) => [...listKey("handover"), "of", plan] as const;

/** The doctors of a plan in their order. */
export const doctorsQuery = (plan: string, filter?: Condition) =>
  infiniteQueryOptions({
    queryKey: [...doctorsKey(plan), filter, currentLanguage()],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }): Promise<DoctorPage> => {
      const query = { ...listParameters({ filter, limit: readingSize }), ...(pageParam === null ? {} : { cursor: pageParam }) };
      const page = answer(api.GET("/api/v1/handover_plan/{id}/doctors", { params: { path: { id: plan }, query } as never }));
      return (await page) as unknown as DoctorPage;
    },
    getNextPageParam: (page) => page.next,
  });

/** Of whom the successor has not read yet. */
export const notRead: Condition = { "!": [{ var: "read_at" }] };

export interface Pack {
  handover: HandoverDoctor & { plan: string | null; from_user: string; to_user: string };
  hcp: Hcp & { institution?: string };
  readings?: { items: AnyRecord[] };
  memos?: { items: AnyRecord[] };
  promises?: { items: AnyRecord[] };
  /** When these become the successor's: a choice of the plan's field. */
  promises_pass?: string;
  signs?: { items: AnyRecord[] };
  visits?: { items: AnyRecord[] };
}

export const packQuery = (id: string) =>
  queryOptions({
    queryKey: ["handover", id, "pack", currentLanguage()],
    queryFn: async (): Promise<Pack> =>
      (await answer(api.GET("/api/v1/handover/{id}/pack", { params: { path: { id } } }))) as unknown as Pack,
  });

/** The reader's open tasks that propose a first visit, soonest first. */
export const firstVisitsQuery = () =>
  shortListQuery("task", {
    filter: all(is("state", "open"), mine, { in: [{ var: "source" }, ["rule:first_visit", "rule:first_visit_others"]] }),
    sort: "due_at",
    expand: ["hcp"],
    limit: 8,
    total: true,
  });

/** The same on one sheet, as the browser opens it. */
export const packAddress = (id: string): string => `/api/v1/handover/${id}/pack.pdf`;

function refreshPlan(client: QueryClient, plan: string): Promise<void> {
  void client.invalidateQueries({ queryKey: listKey("handover_plan") });
  void client.invalidateQueries({ queryKey: recordKey("handover_plan", plan) });
  void client.invalidateQueries({ queryKey: ["dashboard"] });
  return client.invalidateQueries({ queryKey: listKey("handover") });
}

/** The predecessor writes what is missing, also when the doctor is somebody else's already. */
export function useWriteMemo(plan: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, key, kind, text }: { id: string; key: string; kind: MemoKind; text: string }) =>
      answer(
        api.POST("/api/v1/handover/{id}/memo", {
          params: { path: { id } },
          headers: { "Idempotency-Key": key },
          body: { kind, text } as never,
        }),
      ),
    onSuccess: (_, { id }) => {
      void client.invalidateQueries({ queryKey: ["handover", id] });
      return refreshPlan(client, plan);
    },
  });
}

/** Nothing more to say about a doctor; `complete: false` takes that back. */
export function useMarkComplete(plan: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, complete }: { id: string; complete: boolean }) =>
      answer(api.PATCH("/api/v1/handover/{id}", { params: { path: { id } }, body: { memo_complete: complete } as never })),
    onSuccess: () => refreshPlan(client, plan),
  });
}

/** The successor has read about a doctor. */
export function useMarkRead(plan: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST("/api/v1/handover/{id}/read", { params: { path: { id } } })),
    onSuccess: (_, id) => {
      void client.invalidateQueries({ queryKey: ["handover", id] });
      void client.invalidateQueries({ queryKey: listKey("task") });
      return refreshPlan(client, plan);
    },
  });
}

/** Ends a plan; the server refuses while memos on the most important doctors are missing. */
export function useEndPlan(plan: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (state: "completed" | "cancelled" | "open") =>
      answer(api.PATCH("/api/v1/handover_plan/{id}", { params: { path: { id: plan } }, body: { state } as never })),
    onSettled: () => refreshPlan(client, plan),
  });
}

/** Which doctors: as lists choose them. */
export interface Chosen {
  records: { ids: string[] } | { all: true; except: string[] };
  /** The list that `all` speaks of. */
  list: Pick<ListQuery, "filter" | "q">;
}

export interface Start extends Chosen {
  to_user: string;
  effective_on: string | null;
  due_on: string | null;
  /** When open promises pass; null where only the doctors are asked about. */
  promises: string | null;
}

export interface Started {
  plans: { id: string | null; from_user: string; from_name: string; doctors: number; tier_a: number; incomplete: number; promises: number }[];
  left_out: { code: string; message: string; count: number; records: { id: string; title: string }[] }[];
}

function startRequest({ records, list, to_user, effective_on, due_on, promises }: Start) {
  const query = "all" in records ? listParameters(list) : {};
  const terms = { ...(effective_on ? { effective_on } : {}), ...(due_on ? { due_on } : {}), ...(promises ? { promises } : {}) };
  return { params: { query } as never, body: { ...records, to_user, ...terms } as never };
}

/** What a start would make, before anything is made. */
export const foreseeQuery = (start: Start) =>
  queryOptions({
    queryKey: ["handover_start", start, currentLanguage()],
    staleTime: 0,
    enabled: start.to_user !== "",
    queryFn: async (): Promise<Started> =>
      (await answer(api.POST("/api/v1/handover_plan/preview", startRequest(start)))) as unknown as Started,
  });

export function useStart() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (start: Start & { key: string }): Promise<Started> => {
      const { key, ...asked } = start;
      const request = { ...startRequest(asked), headers: { "Idempotency-Key": key } };
      return (await answer(api.POST("/api/v1/handover_plan/start", request))) as unknown as Started;
    },
    onSuccess: () => {
      for (const object of ["handover", "handover_plan", "hcp", "task"]) void client.invalidateQueries({ queryKey: listKey(object) });
      void client.invalidateQueries({ queryKey: ["hcp"] });
      return client.invalidateQueries({ queryKey: ["dashboard"] });
    },
  });
}
