/** Playbooks of one record: what is under way, what could be started; and the approved material that is offered. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { components } from "./schema";
import type { AnyRecord } from "./shapes";

export type PlaybookRun = components["schemas"]["playbook_run_steps"];
export type PlaybookStep = PlaybookRun["steps"][number];
export type RecordPlaybooks = components["schemas"]["record_playbooks"];
export type AvailablePlaybook = RecordPlaybooks["available"][number];
export type Foretold = components["schemas"]["playbook_started"];
export type Layer = "basic" | "advanced" | "expert";

/** A piece of approved material, and why it is offered. */
export interface Offer extends AnyRecord {
  name: string;
  summary?: string | null;
  layer: Layer;
  link?: string | null;
  file?: string | null;
  approval_number?: string | null;
  valid_to?: string | null;
  why: ("tag" | "subject" | "product" | "need")[];
}

export interface Material {
  items: Offer[];
  suggested_tags: string[];
}

/** The same for every object that playbooks are about: the types are those of one. */
const path = (object: string) => `/api/v1/${object}/{id}/playbooks` as "/api/v1/hcp/{id}/playbooks";

const playbooksKey = (object: string, id: string) => [object, id, "playbooks"] as const;

export const playbooksQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: [...playbooksKey(object, id), currentLanguage()],
    meta: { shows: ["playbook_run", "playbook_step"] },
    queryFn: () => answer(api.GET(path(object), { params: { path: { id } } })),
  });

/** What a visit that is being written has noted so far; it counts as if it were saved. */
export interface Noted {
  subjects: string[];
  products: string[];
}

export const materialQuery = (hcp: string, noted: Noted = { subjects: [], products: [] }) =>
  queryOptions({
    queryKey: ["hcp", hcp, "material", currentLanguage(), noted],
    meta: { shows: ["content", "topic", "hcp"] },
    queryFn: async () => {
      const query = { subjects: noted.subjects.join(",") || undefined, products: noted.products.join(",") || undefined };
      const params = { path: { id: hcp }, query: query as never };
      return (await answer(api.GET("/api/v1/hcp/{id}/material", { params }))) as unknown as Material;
    },
  });

interface Start {
  playbook: string;
  topic?: string | null;
}

const post = (object: string, id: string, body: Start & { preview?: boolean }) =>
  answer(api.POST(path(object), { params: { path: { id } }, body: body as never }));

/** What a start would bring, with its dates. */
export const foretellQuery = (object: string, id: string, start: Start) =>
  queryOptions({
    queryKey: [...playbooksKey(object, id), "preview", start, currentLanguage()],
    staleTime: 0,
    retry: false,
    queryFn: () => post(object, id, { ...start, preview: true }),
  });

export function useStartPlaybook(object: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (start: Start) => post(object, id, start),
    onSuccess: () => client.invalidateQueries({ queryKey: playbooksKey(object, id) }),
  });
}

export function useStopPlaybook(object: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, reason }: { run: string; reason: string }) =>
      answer(api.POST("/api/v1/playbook_run/{id}/stop", { params: { path: { id: run } }, body: { reason } as never })),
    onSuccess: () => client.invalidateQueries({ queryKey: playbooksKey(object, id) }),
  });
}

// ---- Versions ----

export type MovedRun = components["schemas"]["playbook_moved"];
export type MovedStep = MovedRun["steps"][number];
export type PlaybookVersion = components["schemas"]["playbook_versions"]["items"][number];

const versionsKey = ["playbook-versions"] as const;

/** Runs that go by an earlier version of their playbook, by that version. */
export const playbookVersionsQuery = queryOptions({
  queryKey: [...versionsKey],
  meta: { shows: ["playbook_run"] },
  queryFn: async () => (await answer(api.GET("/api/v1/playbook-versions"))).items,
});

const move = (run: string, preview: boolean) =>
  answer(api.POST("/api/v1/playbook_run/{id}/move", { params: { path: { id: run } }, body: { preview } }));

/** What the version in force would change of a run. */
export const moveQuery = (run: string) =>
  queryOptions({
    queryKey: [...versionsKey, "preview", run, currentLanguage()],
    staleTime: 0,
    retry: false,
    queryFn: () => move(run, true),
  });

export function useMoveRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: string) => move(run, false),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ["hcp"] }), client.invalidateQueries({ queryKey: versionsKey })]),
  });
}

/** All runs of a version, round after round; how many were moved, and how many are not one's own to move. */
export function useMoveVersion() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (plan: string) => {
      for (let moved = 0; ; ) {
        const round = await answer(api.POST("/api/v1/playbook-versions", { body: { plan } }));
        moved += round.moved;
        if (round.left === 0 || round.moved === 0) return { moved, kept: round.kept };
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: versionsKey }),
  });
}
