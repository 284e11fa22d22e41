/** What the screens of a day read besides: which dashboards, what to know before a visit, what to do. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { randomId } from "../lib/ids";
import { answer, api } from "./client";
import { sayIgnored, type Widget } from "./dashboard";
import { dashboardQuery, narrowedDashboardQuery } from "./queries";
import { fetchList, listKey, recordKey, type Condition, type ListQuery, type RecordList } from "./records";
import type { AnyRecord, Timeline } from "./shapes";

const minute = 60_000;

export type Place = "today" | "team" | "trust";

interface Offered {
  name: string;
  label: string;
  place?: Place;
  /** By what it can be narrowed. */
  parameters?: string[];
}

/** The dashboards that the reader's role is offered, for each of the screens that show some. */
export const dashboardsQuery = queryOptions({
  queryKey: ["dashboards"],
  staleTime: 5 * minute,
  queryFn: async (): Promise<Offered[]> => {
    const list = (await answer(api.GET("/api/v1/dashboard"))) as unknown as { items: Offered[] };
    return list.items;
  },
});

const placedAt = (offered: Offered[], place: Place): Offered[] =>
  offered.filter((one) => (one.place ?? "today") === place);

/** Loads what useDashboards shows, which asks again, and tells what went wrong. */
export async function prefetchDashboards(client: QueryClient, place: Place): Promise<void> {
  const offered = await client.ensureQueryData(dashboardsQuery).catch(() => []);
  await Promise.all(placedAt(offered, place).map(({ name }) => client.prefetchQuery(dashboardQuery(name))));
}

/** Those that the reader's role is offered at a place. */
export const useOffered = (place: Place): Offered[] => placedAt(useQuery(dashboardsQuery).data ?? [], place);

/** The widgets of all dashboards that the business places at `place`, and which dashboards these are. */
export function useDashboards(place: Place) {
  const list = useQuery(dashboardsQuery);
  const offered = list.data && placedAt(list.data, place);
  const dashboards = useQueries({ queries: (offered ?? []).map(({ name }) => dashboardQuery(name)) });
  const queries = [list, ...dashboards];
  return {
    offered,
    widgets: dashboards.flatMap((query) => query.data ?? []),
    isPending: queries.some((query) => query.isPending),
    failed: queries.find((query) => query.isError),
    retry: () => queries.filter((query) => query.isError).forEach((query) => void query.refetch()),
  };
}

/** As useDashboards, narrowed: each by those of the values that it knows. */
export function useNarrowedDashboards(place: Place, values: Record<string, string>) {
  const list = useQuery(dashboardsQuery);
  const offered = list.data && placedAt(list.data, place);
  const dashboards = useQueries({
    queries: (offered ?? []).map(({ name, parameters = [] }) =>
      narrowedDashboardQuery(name, Object.fromEntries(Object.entries(values).filter(([key]) => parameters.includes(key)))),
    ),
  });
  const queries = [list, ...dashboards];
  const names = new Set((offered ?? []).flatMap((one) => one.parameters ?? []));
  const parameters = new Map(dashboards.flatMap((query) => (query.data?.parameters ?? []).map((one) => [one.name, one])));
  return {
    offered,
    widgets: sayIgnored(
      dashboards.flatMap((query) => query.data?.widgets ?? []),
      parameters,
    ),
    parameters: [...parameters.values()],
    /** Of what the figures are about: how much the values keep. */
    kept: dashboards.flatMap((query) => query.data?.kept ?? []),
    /** What was given and none of the dashboards knows. */
    unknown: Object.keys(values).filter((name) => !names.has(name)),
    isPending: queries.some((query) => query.isPending),
    failed: queries.find((query) => query.isError),
    retry: () => queries.filter((query) => query.isError).forEach((query) => void query.refetch()),
  };
}

/** What a list of the object needs to say beside each record. */
const expansions: Record<string, string[]> = {
  hcp: ["primary_hco", "owner"],
  hco: ["owner"],
  visit: ["hcp", "hco", "owner"],
  promise: ["hcp", "owner", "visit"],
  task: ["hcp", "hco", "owner", "visit"],
  safety_report: ["product", "owner"],
};

export const expansionOf = (object: string): string[] => expansions[object] ?? [];

/** A list widget after its first page. */
export const widgetRestQuery = (widget: Widget) =>
  infiniteQueryOptions({
    queryKey: [...listKey(widget.object), "rest", widget.name, widget.next, currentLanguage()],
    initialPageParam: widget.next,
    queryFn: ({ pageParam }): Promise<RecordList> =>
      fetchList(
        widget.object,
        { filter: widget.filter, sort: widget.sort, expand: expansionOf(widget.object), limit: 50 },
        pageParam,
      ),
    getNextPageParam: (page) => page.next,
  });

/** One page of a list that is short by its nature. */
export const shortListQuery = (object: string, query: ListQuery) =>
  queryOptions({
    queryKey: [...listKey(object), "short", query, currentLanguage()],
    placeholderData: keepPreviousData,
    queryFn: () => fetchList(object, query),
  });

export const is = (field: string, value: string): Condition => ({ "==": [{ var: field }, value] });
export const all = (...conditions: (Condition | undefined)[]): Condition | undefined => {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length < 2 ? given[0] : { and: given };
};
export const mine: Condition = { "==": [{ var: "owner" }, { me: [] }] };

/** The last contacts with a doctor, whoever had them. */
export const lastVisitsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "last_visits", currentLanguage()],
    queryFn: () =>
      fetchList("visit", {
        filter: all(is("hcp", hcp), { in: [{ var: "state" }, ["completed", "signed"]] }),
        sort: "-held_at",
        expand: ["owner"],
        limit: 10,
      }),
  });

/** Visits with a doctor that are planned, or noted and not complete yet, soonest first. */
export const plannedVisitsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "planned_visits", currentLanguage()],
    queryFn: () =>
      fetchList("visit", {
        filter: all(is("hcp", hcp), mine, { in: [{ var: "state" }, ["planned", "draft"]] }),
        sort: "planned_at",
        limit: 20,
      }),
  });

export const topicsQuery = (visit: string) =>
  queryOptions({
    queryKey: [...listKey("topic"), "of", visit, currentLanguage()],
    queryFn: () => fetchList("topic", { filter: is("visit", visit), expand: ["product"], limit: 50 }),
  });

const timelinePath = (object: string) => `/api/v1/${object}/{id}/timeline` as "/api/v1/hcp/{id}/timeline";

/** Everything that refers to a record and has a date; `kinds` are names of objects, none means all. */
export const timelineOf = (object: string, id: string, kinds: string[] = []) =>
  infiniteQueryOptions({
    queryKey: [object, id, "timeline", kinds, currentLanguage()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }): Promise<Timeline> =>
      answer(
        api.GET(timelinePath(object), {
          params: {
            path: { id },
            query: {
              ...(pageParam === null ? {} : { cursor: pageParam }),
              ...(kinds.length === 0 ? {} : { objects: kinds.join(",") }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export interface Touch {
  object: string;
  id: string;
  change: Record<string, unknown>;
  /** The doctor or institution whose page shows it. */
  hcp?: string | null;
  hco?: string | null;
}

const itemPath = (object: string) => `/api/v1/${object}/{id}` as "/api/v1/hco/{id}";

/** Makes old what shows a record of `object`, and the doctor's and institution's pages that it stands on. */
export function useRefresh() {
  const client = useQueryClient();
  return ({ object, id, hcp, hco }: Omit<Touch, "change">) => {
    void client.invalidateQueries({ queryKey: ["dashboard"] });
    void client.invalidateQueries({ queryKey: listKey(object) });
    void client.invalidateQueries({ queryKey: recordKey(object, id) });
    if (hcp) void client.invalidateQueries({ queryKey: ["hcp", hcp] });
    if (hco) void client.invalidateQueries({ queryKey: ["hco", hco] });
    void client.invalidateQueries({ queryKey: [object, id] });
  };
}

/**
 * Sets some fields of a record by one tap: a state, a date. The last word counts, so that no version is asked
 * for; the key lets it wait for a network and be sent again.
 */
export function useTouch() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async ({ object, id, change }: Touch): Promise<AnyRecord> => {
      const body = change as never;
      const headers = { "Idempotency-Key": randomId() };
      const changed = answer(api.PATCH(itemPath(object), { params: { path: { id } }, headers, body }));
      return (await changed) as unknown as AnyRecord;
    },
    onSettled: (_, __, touched) => refresh(touched),
  });
}
