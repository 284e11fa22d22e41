/** Server state: what each screen reads, under one set of keys. */
import { keepPreviousData, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asLanguage, currentLanguage } from "../i18n";
import { answer, api, rememberCsrf } from "./client";
import { asWidgets, type Kept, type Parameter, type Widget } from "./dashboard";
import { Model, type ModelObject } from "./model";
import { personOf, type AnyRecord, type Person } from "./shapes";

const minute = 60_000;

/** A condition (JSON Logic) that each field equals its value; null asks for an empty one. */
export function where(values: Record<string, string | null>): string {
  const all = Object.entries(values).map(([field, value]) => 
    value === null ? { "!": [{ var: field }] } : { "==": [{ var: field }, value] },
  );
  return JSON.stringify(all.length === 1 ? all[0] : { and: all });
}

export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * minute,
  queryFn: async (): Promise<Person> => {
    const session = await answer(api.GET("/api/v1/me"));
    rememberCsrf(session.csrf);
    return personOf(session);
  },
});

export function modelQuery(language: string = currentLanguage()) {
  return queryOptions({
    queryKey: ["model", language],
    staleTime: Infinity,
    queryFn: async () => {
      // In the language of the key, which the page may be about to speak only.
      const asked = { params: { query: { texts: "reader" } }, headers: { "Accept-Language": language } };
      const model = await answer(api.GET("/api/v1/model", asked));
      const labels = (of: "rules" | "playbooks") => (model[of] ?? {}) as Record<string, Record<string, string>>;
      return new Model(model["objects"] as ModelObject[], language, labels("rules"), labels("playbooks"));
    },
  });
}

const readDashboard = async (name: string, narrowed: Record<string, string>) =>
  answer(api.GET("/api/v1/dashboard/{name}", { params: { path: { name }, query: narrowed as never } }));

export const dashboardQuery = (name: string) =>
  queryOptions({
    queryKey: ["dashboard", name, currentLanguage()],
    queryFn: async () => asWidgets((await readDashboard(name, {}))["widgets"]),
  });

export interface Narrowed {
  widgets: Widget[];
  parameters: Parameter[];
  kept: Kept[];
}

/** A dashboard narrowed by values of its parameters, and by what else it may be. */
export const narrowedDashboardQuery = (name: string, values: Record<string, string>) =>
  queryOptions({
    queryKey: ["dashboard", name, values, currentLanguage()],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Narrowed> => {
      const dashboard = await readDashboard(name, values);
      return {
        widgets: asWidgets(dashboard["widgets"]),
        parameters: (dashboard["parameters"] ?? []) as Parameter[],
        kept: (dashboard["kept"] ?? []) as Kept[],
      };
    },
  });

export const hcpQuery = (id: string) =>
  queryOptions({
    queryKey: ["hcp", id, currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/hcp/{id}", {
          params: { path: { id }, query: { expand: "primary_hco,owner,former_owner" } },
        }),
      ),
  });

/** Records of `object` that match a few letters, or the first ones: what a reference is chosen from. */
export const referencesQuery = (object: string, q: string) =>
  queryOptions({
    queryKey: ["references", object, q, currentLanguage()],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<AnyRecord[]> => {
      const query = { limit: 20, ...(q === "" ? {} : { q }) };
      const list = api.GET(`/api/v1/${object}` as "/api/v1/hco", { params: { query } });
      return (await answer(list)).items as unknown as AnyRecord[];
    },
  });

export const memosQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "memos", currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/memo", {
          params: { query: { filter: where({ hcp }), sort: "-at", expand: "by", limit: 100 } },
        }),
      ),
  });

export const signsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "signs", currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sign", {
          params: { query: { filter: where({ hcp, cleared_at: null }), sort: "-seen_at", expand: "seen_by", limit: 50 } },
        }),
      ),
  });

export const promisesQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "promises", currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/promise", {
          params: { query: { filter: where({ hcp, state: "open" }), sort: "due_at", limit: 50 } },
        }),
      ),
  });

export const tasksQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "tasks", currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/task", {
          params: { query: { filter: where({ hcp, state: "open" }), sort: "due_at", limit: 50 } },
        }),
      ),
  });

export const readingsQuery = (hcp: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "readings", currentLanguage()],
    queryFn: () =>
      answer(
        api.GET("/api/v1/temperature_reading", {
          params: { query: { filter: where({ hcp }), sort: "-at", limit: 24 } },
        }),
      ),
  });

/** The signed-in person. The shell has loaded it before any screen shows. */
export function useMe(): Person {
  return useSuspenseQuery(meQuery).data;
}

/** The model in the reader's language. The shell has loaded it before any screen shows. */
export function useModel(): Model {
  const { i18n } = useTranslation();
  return useSuspenseQuery(modelQuery(asLanguage(i18n.language) ?? "en")).data;
}
