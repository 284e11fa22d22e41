/** Names in each person's own script, and the reading that helps the reader say them. */
export interface NameParts {
  title?: string | null;
  family_name?: string | null;
  given_name?: string | null;
  family_kana?: string | null;
  given_kana?: string | null;
  family_latin?: string | null;
  given_latin?: string | null;
}

const joined = (separator: string, ...parts: (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== "").join(separator);

const han = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The language whose font and order a name wants: kana or a known kana reading means Japanese. */
export function languageOfName(name: NameParts): "ja" | "zh" | "en" {
  const own = joined("", name.family_name, name.given_name);
  if (kana.test(own) || joined("", name.family_kana, name.given_kana) !== "") return "ja";
  return han.test(own) ? "zh" : "en";
}

/** The name as its bearer writes it: family first in Japanese and Chinese, last in Latin script. */
export function ownName(name: NameParts): string {
  switch (languageOfName(name)) {
    case "ja":
      return joined(" ", name.family_name, name.given_name);
    case "zh":
      return joined("", name.family_name, name.given_name);
    case "en":
      return joined(" ", name.given_name, name.family_name);
  }
}

const latinName = (name: NameParts): string => joined(" ", name.given_latin, name.family_latin);

/** The name as a reader of `language` expects it: the server's title, or composed by the same order. */
export function displayName(name: NameParts, language: string): string {
  if (name.title) return name.title;
  return language === "en" ? latinName(name) || ownName(name) : ownName(name);
}

/**
 * The second line under a name: kana for a Japanese reader, the bearer's own script for a reader of
 * Latin, the Latin form for a Chinese reader. Null when it would say nothing new.
 */
export function readingOf(name: NameParts, language: string): { text: string; language: string } | null {
  const shown = displayName(name, language);
  const own = { text: ownName(name), language: languageOfName(name) };
  const reading =
    language === "ja"
      ? { text: joined(" ", name.family_kana, name.given_kana), language: "ja" }
      : language === "zh"
        ? { text: latinName(name), language: "en" }
        : own;
  if (reading.text === "" || sameName(reading.text, shown)) return null;
  return reading;
}

const sameName = (a: string, b: string): boolean => bare(a) === bare(b);
/** Neither spaces nor the order of two names make another name. */
const bare = (text: string): string => text.toLowerCase().split(/\s+/u).filter(Boolean).sort().join(" ");
