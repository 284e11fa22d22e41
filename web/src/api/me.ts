/** The signed-in person's own ways: settings, sessions and tokens. */
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api, rememberCsrf } from "./client";
import type { NotificationKind } from "./notifications";
import { meQuery } from "./queries";
import { personOf, type NameOrder, type Person } from "./shapes";

/** What people may change of themselves. */
export interface Settings {
  lang?: string;
  zone?: string;
  name_order?: NameOrder;
  muted?: NotificationKind[] | null;
  draft_minutes?: number | null;
}

/** Titles are made by the server: in another order, or another zone, everything shown is old. */
const changesWhatIsShown = (settings: Settings): boolean => settings.name_order !== undefined || settings.zone !== undefined;

async function saveSettings(settings: Settings): Promise<Person> {
  const session = await answer(api.PATCH("/api/v1/me", { body: settings as never }));
  rememberCsrf(session.csrf);
  return personOf(session);
}

const withSettings = (me: Person, settings: Settings): Person => ({
  ...me,
  ...(settings.zone === undefined ? {} : { zone: settings.zone }),
  ...(settings.name_order === undefined ? {} : { nameOrder: settings.name_order }),
  ...(settings.muted === undefined ? {} : { muted: settings.muted ?? [] }),
  ...(settings.draft_minutes === undefined ? {} : { draftMinutes: settings.draft_minutes }),
});

/** Shown at once, and taken back where the server refuses. */
export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveSettings,
    onMutate: (settings) => {
      const before = client.getQueryData(meQuery.queryKey);
      client.setQueryData(meQuery.queryKey, (me) => (me === undefined ? undefined : withSettings(me, settings)));
      return before;
    },
    onSuccess: (me, settings) => {
      client.setQueryData(meQuery.queryKey, me);
      if (changesWhatIsShown(settings)) void refreshShown(client);
    },
    onError: (_, __, before) => client.setQueryData(meQuery.queryKey, before),
  });
}

const refreshShown = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" && queryKey[0] !== "model" });

// ---- Sessions ----

export interface Session {
  id: string;
  created_at: string;
  last_seen_at: string;
  address: string | null;
  user_agent: string | null;
  present: boolean;
}

export const sessionsQuery = queryOptions({
  queryKey: ["me", "sessions"],
  queryFn: async () => (await answer(api.GET("/api/v1/me/sessions"))).items as unknown as Session[],
});

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/v1/me/sessions/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

export function useEndOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/me/sessions", { params: { query: { others: true } } })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

// ---- Tokens ----

export interface Token {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

export const tokensQuery = queryOptions({
  queryKey: ["me", "tokens"],
  queryFn: async () => (await answer(api.GET("/api/v1/me/tokens"))).items as unknown as Token[],
});

export interface NewToken {
  name: string;
  expires_at: string | null;
}

/** The answer holds the secret, this once: it is kept nowhere in the page's memory of answers. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (token: NewToken): Promise<string> => {
      const made = await answer(api.POST("/api/v1/me/tokens", { body: token as never }));
      return String(made["token"]);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/v1/me/tokens/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
