/**
 * The page's own texts, one catalogue a language (a file an area), loaded when it is chosen: first what the shell and
 * Today say, the rest before anything else is shown.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { recall, remember } from "../lib/device";

export const languages = ["en", "ja", "zh"] as const;
export type Language = (typeof languages)[number];

const storageKey = "ondo.language";

type Catalogue = () => Promise<{ default: object }>;

const catalogues: Record<Language, { first: Catalogue; rest: Catalogue }> = {
  en: { first: () => import("./en/first"), rest: () => import("./en") },
  ja: { first: () => import("./ja/first"), rest: () => import("./ja") },
  zh: { first: () => import("./zh/first"), rest: () => import("./zh") },
};

/** Areas that only some screens need: they come with those screens. */
const areas = {
  figures: {
    en: () => import("./en/figures.json"),
    ja: () => import("./ja/figures.json"),
    zh: () => import("./zh/figures.json"),
  },
  mail: {
    en: () => import("./en/mail.json"),
    ja: () => import("./ja/mail.json"),
    zh: () => import("./zh/mail.json"),
  },
  playbooks: {
    en: () => import("./en/playbooks.json"),
    ja: () => import("./ja/playbooks.json"),
    zh: () => import("./zh/playbooks.json"),
  },
  studio: {
    en: () => import("./en/studio.json"),
    ja: () => import("./ja/studio.json"),
    zh: () => import("./zh/studio.json"),
  },
} satisfies Record<string, Record<Language, () => Promise<{ default: object }>>>;
type Area = keyof typeof areas;

const needed = new Set<Area>();

/** Each language by its own name, so that a person who reads no other finds theirs. */
export const languageNames: Record<Language, string> = { en: "English", ja: "日本語", zh: "中文" };

export function asLanguage(value: string | null | undefined): Language | null {
  const short = value?.slice(0, 2).toLowerCase();
  return languages.find((language) => language === short) ?? null;
}

export function currentLanguage(): Language {
  return asLanguage(i18next.language) ?? "en";
}

/** What this device was told last, else the first language of the browser that Ondo speaks. */
function firstLanguage(): Language {
  const wished = [recall(storageKey), ...navigator.languages];
  for (const wish of wished) {
    const language = asLanguage(wish);
    if (language !== null) return language;
  }
  return "en";
}

const loaded = new Map<Catalogue, Promise<void>>();

/** Each part is fetched once; one that did not come is fetched again when it is asked for again. */
function load(language: Language, catalogue: Catalogue, area?: Area): Promise<void> {
  const found = loaded.get(catalogue);
  if (found !== undefined) return found;
  const loading = catalogue().then(({ default: texts }) => {
    i18next.addResourceBundle(language, "translation", area === undefined ? texts : { [area]: texts }, true);
  });
  loaded.set(catalogue, loading);
  loading.catch(() => loaded.delete(catalogue));
  return loading;
}

let needsAll = false;

/** The texts of everything besides the shell and Today: to be awaited before any of it is shown. */
export function allTexts(): Promise<void> {
  needsAll = true;
  const language = currentLanguage();
  return load(language, catalogues[language].rest);
}

/** Has the texts of an area before a screen shows; from then on they come along with every language. */
export function needArea(area: Area): Promise<void> {
  needed.add(area);
  const language = currentLanguage();
  return load(language, areas[area][language], area);
}

export async function startTexts(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  await chooseLanguage(language);
}

/** Changes the language of the page without a reload, and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  const { first, rest } = catalogues[language];
  const others = [...needed].map((area) => load(language, areas[area][language], area));
  await Promise.all([load(language, first), needsAll && load(language, rest), ...others]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  // So that the installed application carries names in this language.
  document.querySelector("link[rel=manifest]")?.setAttribute("href", `/manifest.${language}.webmanifest`);
  remember(storageKey, language);
}
