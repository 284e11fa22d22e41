/** Definitions that administrators change while Ondo runs, and why somebody may or may not do something. */
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { components } from "./schema";

export type Definition = components["schemas"]["definition"];
export type DefinitionVersion = NonNullable<Definition["versions"]>[number];
export type DefinitionProblem = components["schemas"]["problems"]["problems"][number];
export type Access = components["schemas"]["access"];
export type VerbAnswer = Access["read"];
export type FieldAnswer = Access["fields"][number];

export type DefinitionKind = "objects" | "roles" | "rules" | "templates" | "dashboards" | "texts";

/** A definition's JSON; what it holds depends on its kind. */
export type Body = Record<string, unknown>;

const definitionsKey = ["definition"] as const;

/** All definitions of a kind with what is in force. */
export const definitionsQuery = (kind: DefinitionKind) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, currentLanguage()],
    queryFn: async () => {
      const query = { kind, body: true };
      return (await answer(api.GET("/api/v1/definition", { params: { query } }))).items;
    },
  });

/** One definition with its versions. */
export const definitionQuery = (kind: DefinitionKind, name: string) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, name, currentLanguage()],
    queryFn: () => answer(api.GET("/api/v1/definition/{kind}/{name}", { params: { path: { kind, name } } })),
  });

/** One version of a definition; 0 is what was shipped. */
export const versionQuery = (kind: DefinitionKind, name: string, version: number) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, name, "version", version],
    staleTime: Infinity,
    queryFn: () =>
      answer(
        api.GET("/api/v1/definition/{kind}/{name}/{version}", {
          params: { path: { kind, name, version: String(version) } },
        }),
      ),
  });

/** What publishing `body` would refuse. */
export const checkQuery = (kind: DefinitionKind, name: string, body: Body) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, name, "check", JSON.stringify(body), currentLanguage()],
    gcTime: 0,
    queryFn: async () => {
      const path = { kind, name };
      const checked = api.POST("/api/v1/definition/{kind}/{name}/check", { params: { path }, body: { body } });
      return (await answer(checked)).problems;
    },
  });

/** What is published changes what everybody may do and sees: all of it is asked for again. */
function refreshDefinitions(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: definitionsKey });
  void client.invalidateQueries({ queryKey: ["access"] });
  void client.invalidateQueries({ queryKey: ["model"] });
  void client.invalidateQueries({ queryKey: ["me"] });
}

export interface Publication {
  /** The version that the person saw. */
  version: number;
  body: Body;
  note: string;
}

export function usePublish(kind: DefinitionKind, name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body, note }: Publication) =>
      answer(
        api.PUT("/api/v1/definition/{kind}/{name}", {
          params: { path: { kind, name } },
          headers: { "If-Match": `"${version}"` },
          body: { body, note },
        }),
      ),
    onSettled: () => refreshDefinitions(client),
  });
}

export function useRevert(kind: DefinitionKind, name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, note }: { version: number; note: string }) =>
      answer(
        api.POST("/api/v1/definition/{kind}/{name}/revert", {
          params: { path: { kind, name } },
          body: { version, note },
        }),
      ),
    onSettled: () => refreshDefinitions(client),
  });
}

/** What `user` may do with a record, and why. */
export const accessQuery = (object: string, id: string, user: string) =>
  queryOptions({
    queryKey: ["access", object, id, user, currentLanguage()],
    retry: false,
    queryFn: () => {
      const path = `/api/v1/${object}/{id}/access` as "/api/v1/hco/{id}/access";
      return answer(api.GET(path, { params: { path: { id }, query: { user } } }));
    },
  });
