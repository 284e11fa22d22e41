/** What the screens change, and which of the loaded data each change makes old. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { chooseLanguage, type Language } from "../i18n";
import { randomId } from "../lib/ids";
import { answer, api, rememberCsrf } from "./client";
import { meQuery, modelQuery } from "./queries";
import { listKey } from "./records";
import type { NewMemo, NewVisit, Visit } from "./shapes";

/** A PATCH sends some fields where the document describes the whole input; the server checks what it gets. */
const some = (change: object): never => change as never;

/** Everything that shows a doctor, after something of that doctor's changed. */
function refreshHcp(client: QueryClient, hcp: string): Promise<void> {
  void client.invalidateQueries({ queryKey: ["dashboard"] });
  void client.invalidateQueries({ queryKey: listKey("hcp") });
  return client.invalidateQueries({ queryKey: ["hcp", hcp] });
}

export interface SignIn {
  login: string;
  password: string;
  /** The language picked at the sign-in, or null for the person's own. */
  language: Language | null;
}

export async function signIn(client: QueryClient, { login, password, language }: SignIn): Promise<void> {
  const session = await answer(api.POST("/api/v1/session", { body: { login, password } }));
  client.clear();
  rememberCsrf(session.csrf);
  const me = await client.fetchQuery(meQuery);
  // Before the person has a password of their own, nothing else can be changed: the password screen saves it.
  if (language === null || language === me.lang || me.mustChangePassword) return;
  await saveLanguage(language);
  await client.fetchQuery({ ...meQuery, staleTime: 0 });
}

export async function signOut(client: QueryClient): Promise<void> {
  await answer(api.DELETE("/api/v1/session"));
  rememberCsrf(null);
  client.clear();
}

/** Ends every session of the person's, this one too. */
export async function signOutEverywhere(client: QueryClient): Promise<void> {
  await answer(api.DELETE("/api/v1/me/sessions"));
  rememberCsrf(null);
  client.clear();
}

export interface PasswordChange {
  present: string;
  password: string;
}

/** The person's own password. Their other sessions end; this one goes on. */
export async function changePassword(client: QueryClient, { present, password }: PasswordChange): Promise<void> {
  await answer(api.POST("/api/v1/me/password", { body: some({ present_password: present, password }) }));
  await client.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** The language becomes the person's own: they meet it again on every device. */
export async function saveLanguage(lang: Language): Promise<void> {
  await answer(api.PATCH("/api/v1/me", { body: { lang } }));
}

/** Turns the page to another language, after the model has come in it: nothing is shown half in one. */
export async function turnTo(client: QueryClient, language: Language): Promise<void> {
  const me = client.getQueryData(meQuery.queryKey);
  if (me !== undefined && !me.mustChangePassword) await client.ensureQueryData(modelQuery(language));
  await chooseLanguage(language);
}

export function useAddMemo(hcp: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (memo: NewMemo & { key: string }) => {
      const { key, ...body } = memo;
      return answer(
        api.POST("/api/v1/memo", { headers: { "Idempotency-Key": key }, body: { ...body, hcp } }),
      );
    },
    onSuccess: () => refreshHcp(client, hcp),
  });
}

/** A visit to record, or what completes one that is there already, with all its lines in one request. */
export type VisitRequest = { key: string } & ({ visit: NewVisit } | { id: string; change: NewVisit });

export function useRecordVisit(hcp: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: VisitRequest): Promise<Visit> => {
      const headers = { "Idempotency-Key": request.key };
      if ("visit" in request) return answer(api.POST("/api/v1/visit", { headers, body: request.visit }));
      const params = { path: { id: request.id } };
      return answer(api.PATCH("/api/v1/visit/{id}", { params, headers, body: some(request.change) }));
    },
    onSuccess: (visit) => {
      for (const object of ["visit", "task", "promise", "need"]) void client.invalidateQueries({ queryKey: ["list", object] });
      void client.invalidateQueries({ queryKey: ["record", "visit", visit.id] });
      if (visit.hco) void client.invalidateQueries({ queryKey: ["hco", visit.hco] });
      return refreshHcp(client, hcp);
    },
  });
}

/** A sign is cleared by a person, never by time; `cleared: false` takes that back. */
export function useClearSign(hcp: string, user: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, cleared }: { id: string; cleared: boolean }) =>
      answer(
        api.PATCH("/api/v1/sign/{id}", {
          params: { path: { id } },
          body: some(
            cleared
              ? { cleared_at: new Date().toISOString(), cleared_by: user }
              : { cleared_at: null, cleared_by: null },
          ),
        }),
      ),
    onSuccess: () => refreshHcp(client, hcp),
  });
}

export { randomId as newKey };
