/** What early.ts has asked for: each answer is taken once, and by a request for the same thing in the same language. */
export interface Early {
  me: Promise<Response>;
  answers: Map<string, Promise<Response>>;
  /** In which the server has answered; null where it does not know the person's. */
  language: Promise<string | null>;
}

declare global {
  interface Window {
    ondoEarly?: Early;
  }
}

/** Answers that came early are of the first moment: what is asked for later is asked for anew. Milliseconds. */
const lifetime = 15_000;

/** The early answer to this request, or undefined: then the server has to be asked. */
export async function takeEarly(request: Request): Promise<Response | undefined> {
  const early = window.ondoEarly;
  if (early === undefined || request.method !== "GET") return undefined;
  const { pathname, search } = new URL(request.url);
  const found = early.answers.get(pathname + search);
  if (found === undefined) return undefined;
  early.answers.delete(pathname + search);
  if (performance.now() > lifetime) return undefined;
  const language = await early.language;
  if (pathname !== "/api/v1/me" && language !== request.headers.get("Accept-Language")) return undefined;
  // Whatever went wrong may go better when it is asked for in earnest.
  return found.catch(() => undefined);
}
