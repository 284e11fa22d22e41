/*
 * Runs before the page itself has come: asks at once for what every start needs, so that the answers travel beside
 * the page's own scripts. Its own file, small and without imports; the build gives it the names of the parts.
 */
import type { Early } from "./answers";

/** The texts of each language, the first ones and the rest: addresses of files. */
declare const __PARTS__: { catalogues: Record<string, [string, string]> };

/** "*" means: the language that the server knows of the person. */
const ask = (path: string) => fetch(path, { headers: { "Accept-Language": "*" }, credentials: "same-origin" });

const readCopy = async <T>(answer: Promise<Response>): Promise<T | null> => {
  const copy = (await answer).clone();
  return copy.ok ? ((await copy.json()) as T) : null;
};

function fetchAhead(file: string): void {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  // As the page itself will ask for it: otherwise it would come twice.
  link.crossOrigin = "";
  link.href = file;
  document.head.append(link);
}

function speak(language: string | null | undefined): void {
  const [first, rest] = __PARTS__.catalogues[language?.slice(0, 2) ?? ""] ?? [];
  if (first !== undefined) fetchAhead(first);
  if (rest !== undefined && location.pathname !== "/") fetchAhead(rest);
}

function recall(): string | null {
  try {
    return localStorage.getItem("ondo.language");
  } catch {
    return null;
  }
}

/** The next start, and the page itself if it has not come yet, begin in the person's language. */
function remember(language: string): void {
  try {
    localStorage.setItem("ondo.language", language);
  } catch {
    // Without storage the page finds the language out for itself.
  }
}

async function languageOf(me: Promise<Response>): Promise<string | null> {
  const language = (await readCopy<{ user: { lang?: string | null } }>(me))?.user.lang ?? null;
  if (language === null || language === recall()) return language;
  speak(language);
  remember(language);
  return language;
}

/** The dashboards of Today follow as soon as their names are known. */
async function askDashboards(early: Early): Promise<void> {
  const offered = ask("/api/v1/dashboard");
  early.answers.set("/api/v1/dashboard", offered);
  const list = await readCopy<{ items: { name: string; place?: string }[] }>(offered);
  for (const { name, place = "today" } of list?.items ?? []) {
    const path = `/api/v1/dashboard/${name}`;
    if (place === "today") early.answers.set(path, ask(path));
  }
}

function start(): void {
  if (/^\/(sign-in|password)/.test(location.pathname)) return;
  speak(recall() ?? navigator.language);
  const me = ask("/api/v1/me");
  const early: Early = { me, answers: new Map(), language: languageOf(me).catch(() => null) };
  window.ondoEarly = early;
  early.answers.set("/api/v1/me", me);
  const isToday = location.pathname === "/";
  // A browser asks for six things at a time: the figures, which others wait for, come before what is needed last.
  if (isToday) askDashboards(early).catch(() => {});
  const model = "/api/v1/model?texts=reader";
  early.answers.set(model, ask(model));
  readyDates();
}

/** The first format of dates that a page makes takes as long as a screen: made here, while nothing but the network is waited for. */
function readyDates(): void {
  new Intl.DateTimeFormat();
}

start();
