/*
 * What stands in the page's place until it has come: its mark and a sentence, in the person's language and colours. It
 * also has the fonts found while nothing but the network is waited for, which of Chinese characters takes as long as
 * drawing a screen. React puts the first screen in its place.
 */
import { recallScheme, sayScheme } from "../ui/scheme";

export interface OpeningWords {
  name: string;
  loading: string;
  unreachable: string;
  retry: string;
}

function line(tag: "strong" | "p" | "a", words: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

function wayToRetry(words: string): HTMLElement {
  const link = line("a", words);
  link.setAttribute("href", location.href);
  return link;
}

/** Nothing where the page was quicker. */
export function showOpening(language: string, words: OpeningWords): void {
  const root = document.getElementById("root");
  if (root === null || root.hasChildNodes()) return;
  document.documentElement.lang = language;
  sayScheme(recallScheme());
  const opening = document.createElement("div");
  opening.className = "opening";
  const said = line("p", words.loading);
  said.setAttribute("role", "status");
  opening.append(line("strong", `${words.name} 温度`), said);
  root.append(opening);
  // A part that does not come is told of at the document only, and the sentence must not stand there for ever.
  const fail = ({ target }: Event) => {
    if (!(target instanceof HTMLScriptElement) || !opening.isConnected) return;
    said.replaceChildren(`${words.unreachable} `, wayToRetry(words.retry));
  };
  document.addEventListener("error", fail, { capture: true });
}
