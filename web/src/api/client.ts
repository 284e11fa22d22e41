/** The only way to the server: a client typed by the OpenAPI document that the binary writes of itself. */
import createClient, { type Middleware } from "openapi-fetch";
import { takeEarly } from "../early/answers";
import { currentLanguage } from "../i18n";
import { randomId } from "../lib/ids";
import { ApiProblem, Unreachable } from "./problem";
import type { paths } from "./schema";

const safeMethods = new Set(["GET", "HEAD"]);

let csrf: string | null = null;
let onSignedOut: () => void = () => {};
let onPasswordNeeded: () => void = () => {};

/** Remembers the token that the server asks for with every write made by cookie. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/** Sets what happens when the server no longer knows the session. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** Sets what happens when the server wants the person to choose a password before anything else. */
export function whenPasswordNeeded(act: () => void): void {
  onPasswordNeeded = act;
}

/** The headers of a write outside `api`: an upload whose progress is shown. */
export function writeHeaders(): Record<string, string> {
  return {
    "Accept-Language": currentLanguage(),
    "Idempotency-Key": randomId(),
    ...(csrf === null ? {} : { "X-CSRF-Token": csrf }),
  };
}

const manners: Middleware = {
  onRequest({ request }) {
    if (!request.headers.has("Accept-Language")) request.headers.set("Accept-Language", currentLanguage());
    if (safeMethods.has(request.method)) return request;
    if (csrf !== null) request.headers.set("X-CSRF-Token", csrf);
    // A screen that may send one write twice (a form, a draft) brings its own key; every other write is one intention.
    if (!request.headers.has("Idempotency-Key")) request.headers.set("Idempotency-Key", randomId());
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== "/api/v1/session") onSignedOut();
  },
  onError() {
    return new Unreachable();
  },
};

/** What the page's start has asked for already is not asked for again. */
const send = async (request: Request): Promise<Response> => (await takeEarly(request)) ?? fetch(request);

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin", fetch: send });
api.use(manners);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the server answered, or throws the `ApiProblem` that it sent. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) {
    const problem = ApiProblem.from(error, response.status);
    if (problem.has("password_change_needed")) onPasswordNeeded();
    throw problem;
  }
  return data as T;
}

/** What was asked for; null where there is no such thing. */
export async function unlessGone<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
