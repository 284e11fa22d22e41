/** The texts as the screens say them: in the language that the page speaks now. */
import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";
import { speakerOf, type TFunction } from "./speech";

export type { TextKey, TFunction } from "./speech";

interface Spoken {
  t: TFunction;
  i18n: { language: string };
}

const spokenIn = (language: string): Spoken => ({ t: speakerOf(language), i18n: { language } });

let spoken = spokenIn("en");
const listeners = new Set<() => void>();

export const spokenLanguage = (): string => spoken.i18n.language;

/** From now on the page speaks this language; its texts must have been made known. */
export function speak(language: string): void {
  spoken = spokenIn(language);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const current = (): Spoken => spoken;
const Words = createContext<Spoken | null>(null);

/** Around the page: whatever says a text says it anew when the language changes. */
export function Speaking({ children }: { children: ReactNode }) {
  return <Words value={useSyncExternalStore(listen, current)}>{children}</Words>;
}

/** `t` says a text; `i18n.language` is the language it does so in. */
export function useTranslation(): Spoken {
  return useContext(Words) ?? spoken;
}
