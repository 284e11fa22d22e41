/** The page's own texts, one catalogue a language (a file an area), loaded when it is chosen. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { recall, remember } from "../lib/device";

export const languages = ["en", "ja", "zh"] as const;
export type Language = (typeof languages)[number];

const storageKey = "ondo.language";

const catalogues: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./en"),
  ja: () => import("./ja"),
  zh: () => import("./zh"),
};

/** Areas that only some screens need: they come with those screens. */
const areas = {
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

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    const catalogue = await catalogues[language]();
    i18next.addResourceBundle(language, "translation", catalogue.default);
  }
  await Promise.all([...needed].map((area) => loadArea(area, language)));
}

async function loadArea(area: Area, language: Language): Promise<void> {
  if (i18next.getResource(language, "translation", area) !== undefined) return;
  const texts = await areas[area][language]();
  i18next.addResourceBundle(language, "translation", { [area]: texts.default }, true);
}

/** Has the texts of an area before a screen shows; from then on they come along with every language. */
export async function needArea(area: Area): Promise<void> {
  needed.add(area);
  await loadArea(area, currentLanguage());
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
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  // So that the installed application carries names in this language.
  document.querySelector("link[rel=manifest]")?.setAttribute("href", `/manifest.${language}.webmanifest`);
  remember(storageKey, language);
}
