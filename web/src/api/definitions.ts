/** Definitions that administrators change while Ondo runs, and why somebody may or may not do something. */
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api, unlessGone } from "./client";
import { asWidgets } from "./dashboard";
import type { components, paths } from "./schema";

export type Definition = components["schemas"]["definition"];
/** A definition as lists have it. */
export type DefinitionLine = components["schemas"]["definitions"]["items"][number];
export type DefinitionVersion = NonNullable<Definition["versions"]>[number];
export type DefinitionProblem = components["schemas"]["problems"]["problems"][number];
export type Access = components["schemas"]["access"];
export type VerbAnswer = Access["read"];
export type FieldAnswer = Access["fields"][number];

/** The folders of the business, such as `roles`; new kinds come with the server. */
export type DefinitionKind = string;
export type RulePreview = components["schemas"]["rule_preview"];
export type ChoiceUsage = components["schemas"]["choice_usage"];
export type DefinitionFile = components["schemas"]["definition_file"];
export type Batch = components["schemas"]["batch"];

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

/** Every definition of every kind, without its body. */
export const allDefinitionsQuery = () =>
  queryOptions({
    queryKey: [...definitionsKey, "all", currentLanguage()],
    queryFn: async () => (await answer(api.GET("/api/v1/definition"))).items,
  });

/** One definition with its versions. */
export const definitionQuery = (kind: DefinitionKind, name: string) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, name, currentLanguage()],
    queryFn: () => answer(api.GET("/api/v1/definition/{kind}/{name}", { params: { path: { kind, name } } })),
  });

/**
 * The same, null where there is none yet. That is an answer, not a failure: a failure would be forgotten while it is
 * asked again, and whoever just publishes the first version would lose the editor from the screen meanwhile.
 */
export const definitionIfAnyQuery = (kind: DefinitionKind, name: string) =>
  queryOptions({
    queryKey: [...definitionsKey, kind, name, "if any", currentLanguage()],
    queryFn: () => unlessGone(answer(api.GET("/api/v1/definition/{kind}/{name}", { params: { path: { kind, name } } }))),
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

/** A definition as it shall be; null takes it back to what was shipped, or away. */
export interface DefinitionPart {
  kind: DefinitionKind;
  name: string;
  body: Body | null;
  /** The version that the person saw; left out, whatever it is. */
  version?: number;
}

/** What publishing these together would refuse. */
export const checkSetQuery = (definitions: DefinitionPart[]) =>
  queryOptions({
    queryKey: [...definitionsKey, "check", JSON.stringify(definitions), currentLanguage()],
    gcTime: 0,
    retry: false,
    queryFn: async () => (await answer(api.POST("/api/v1/definition/check", { body: { definitions } }))).problems,
  });

/** Publishes several together, all or none. */
export function usePublishSet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ definitions, note }: { definitions: DefinitionPart[]; note: string }) =>
      answer(api.POST("/api/v1/definition/publish", { body: { definitions, note } })),
    onSettled: () => refreshDefinitions(client),
  });
}

/** What a rule, as it would be with these definitions, would have done in the last days. */
export const rulePreviewQuery = (name: string, definitions: DefinitionPart[], days: number) =>
  queryOptions({
    queryKey: [...definitionsKey, "preview", name, days, JSON.stringify(definitions), currentLanguage()],
    gcTime: 0,
    retry: false,
    queryFn: () =>
      answer(
        api.POST("/api/v1/definition/rules/{name}/preview", { params: { path: { name } }, body: { definitions, days } }),
      ),
  });

export type ScorePreview =
  paths["/api/v1/definition/scores/{name}/preview"]["post"]["responses"][200]["content"]["application/json"];

/** Whom a score, as it would be with this body, would move from level to level. */
export const scorePreviewQuery = (name: string, body: Body) =>
  queryOptions({
    queryKey: [...definitionsKey, "preview", "scores", name, JSON.stringify(body), currentLanguage()],
    gcTime: 0,
    retry: false,
    queryFn: () =>
      answer(
        api.POST("/api/v1/definition/scores/{name}/preview", {
          params: { path: { name } },
          body: { definitions: [{ kind: "scores", name, body }] },
        }),
      ),
  });

/** A dashboard as it would be, filled with what the reader may see. */
export const dashboardPreviewQuery = (name: string, definitions: DefinitionPart[]) =>
  queryOptions({
    queryKey: [...definitionsKey, "preview", name, JSON.stringify(definitions), currentLanguage()],
    gcTime: 0,
    retry: false,
    queryFn: async () => {
      const params = { path: { name } };
      const filled = api.POST("/api/v1/definition/dashboards/{name}/preview", { params, body: { definitions } });
      return asWidgets((await answer(filled))["widgets"]);
    },
  });

/** How many records hold each choice of a field, and which fields share its list. */
export const choiceUsageQuery = (object: string, field: string) =>
  queryOptions({
    queryKey: [...definitionsKey, "objects", object, "usage", field],
    queryFn: () => {
      const params = { path: { name: object }, query: { field } };
      return answer(api.GET("/api/v1/definition/objects/{name}/usage", { params }));
    },
  });

export interface Merge {
  field: string;
  from: string;
  into: string;
  note: string;
}

/** Retires a choice and moves its records to another one; the answer is the batch, which can be undone. */
export function useMergeChoice(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (merge: Merge) =>
      answer(api.POST("/api/v1/definition/objects/{name}/merge", { params: { path: { name: object } }, body: merge })),
    onSettled: () => refreshDefinitions(client),
  });
}

/** Definitions in force as a file: all, a kind, or one; `changed` leaves out what is as shipped. */
export async function exportDefinitions(query: { kind?: string; name?: string; changed?: boolean }): Promise<DefinitionFile> {
  return answer(api.GET("/api/v1/definition/export", { params: { query } }));
}

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
