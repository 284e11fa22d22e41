import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/queries";
import { recordAt } from "../lib/recordAddress";
import { lookedAt } from "../lib/recent";

/** What the screen is called: of a name with its reading, the name. */
const nameOf = (heading: Element): string => (heading.firstElementChild ?? heading).textContent?.trim() ?? "";

/** Whether the person is already at work in the new screen: in a field that asks for the focus itself, say. */
const isAtWork = (main: Element): boolean => document.activeElement !== main && main.contains(document.activeElement);

function focusOn(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * What happens when a screen is reached: the tab takes its name, the focus goes to its heading (so that
 * it is read aloud), and a record is remembered as looked at.
 */
export function useArrival(): void {
  const { t } = useTranslation();
  const person = useQuery(meQuery).data?.id;
  const pathname = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname });
  const before = useRef<string | null>(null);
  const app = t("app.name");
  useEffect(() => {
    const main = document.getElementById("content");
    if (main === null) return;
    const moved = before.current !== null && before.current !== pathname;
    let reached: Element | null = null;
    let told = "";
    // The screen that is left may stand for a moment under the new address: the heading that comes after
    // it is where the person arrives, and the focus that its removal lost goes there.
    const look = () => {
      const heading = main.querySelector("h1");
      if (heading === null) return;
      const name = nameOf(heading);
      document.title = name === "" ? app : `${name} · ${app}`;
      const record = recordAt(pathname);
      if (record !== null && person !== undefined && name !== "" && name !== told) lookedAt(person, { ...record, title: name });
      told = name;
      if (heading === reached) return;
      reached = heading;
      before.current = pathname;
      if (moved && !isAtWork(main)) focusOn(heading);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(main, { childList: true, subtree: true, characterData: true });
    look();
    return () => watcher.disconnect();
  }, [pathname, app, person]);
}
