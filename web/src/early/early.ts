/*
 * Runs before the page itself has come: asks at once for what every start needs, so that the answers travel beside
 * the page's own scripts, and says that the page is on its way. Its own file, small and without a framework; the build
 * gives it the names of the parts and the words.
 */
import { recall, remember } from "../lib/device";
import type { Early } from "./answers";
import { showOpening, type OpeningWords } from "./opening";

/** By language: addresses of the files of texts, the first ones and the rest; and what is said until they have come. */
declare const __PARTS__: { catalogues: Record<string, [string, string]>; words: Record<string, OpeningWords> };

const languageKey = "ondo.language";

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

async function languageOf(me: Promise<Response>): Promise<string | null> {
  const language = (await readCopy<{ user: { lang?: string | null } }>(me))?.user.lang ?? null;
  if (language === null || language === recall(languageKey)) return language;
  speak(language);
  // The next start, and the page itself if it has not come yet, begin in the person's language.
  remember(languageKey, language);
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

/** What this device was told last, else the first language of the browser. */
const firstLanguage = () => recall(languageKey) ?? navigator.language;

function open(): void {
  const language = firstLanguage().slice(0, 2);
  const [spoken, words] = language in __PARTS__.words ? [language, __PARTS__.words[language]] : ["en", __PARTS__.words["en"]];
  if (words !== undefined) showOpening(spoken, words);
}

function start(): void {
  if (/^\/(sign-in|password)/.test(location.pathname)) return;
  speak(firstLanguage());
  const me = ask("/api/v1/me");
  const early: Early = { me, answers: new Map(), language: languageOf(me).catch(() => null) };
  window.ondoEarly = early;
  early.answers.set("/api/v1/me", me);
  const isToday = location.pathname === "/";
  // A browser asks for six things at a time: the figures, which others wait for, come before what is needed last.
  if (isToday) askDashboards(early).catch(() => {});
  const model = "/api/v1/model?texts=reader";
  early.answers.set(model, ask(model));
}

/** The first format of dates that a page makes takes as long as a screen: made here, while nothing but the network is waited for. */
function readyDates(): void {
  new Intl.DateTimeFormat();
}

start();
open();
readyDates();
