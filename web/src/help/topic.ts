/** Topics of help as the build has made them: data, no markup. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage, type Language } from "../i18n";

/** A part of a line: plain text, something strong, a key to press, or a link to another topic. */
export type Words = string | { strong: Words[] } | { key: string } | { topic: string; words: Words[] };

export type Block =
  | { text: Words[] }
  | { heading: Words[] }
  | { list: Block[][]; ordered: boolean }
  | { head: Words[][]; table: Words[][][] };

export interface Topic {
  topic: string;
  title: string;
  summary: Words[];
  content: Block[];
}

const guides: Record<Language, () => Promise<{ default: Topic[] }>> = {
  en: () => import("virtual:help/en"),
  ja: () => import("virtual:help/ja"),
  zh: () => import("virtual:help/zh"),
};

/** The guide in one language; it comes with the page and never changes while the page is open. */
export const guideQuery = (language: Language = currentLanguage()) =>
  queryOptions({
    queryKey: ["help", language],
    staleTime: Infinity,
    queryFn: async () => (await guides[language]()).default,
  });

/** The words without their form. */
export function plain(words: Words[]): string {
  return words
    .map((part) => {
      if (typeof part === "string") return part;
      if ("strong" in part) return plain(part.strong);
      return "key" in part ? part.key : plain(part.words);
    })
    .join("");
}

/** Everything that a block says, a line each. */
export function linesOf(block: Block): string[] {
  if ("text" in block) return [plain(block.text)];
  if ("heading" in block) return [plain(block.heading)];
  if ("list" in block) return block.list.flat().flatMap(linesOf);
  return block.table.map((row) => row.map(plain).join(" · "));
}
