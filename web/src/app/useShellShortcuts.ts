import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, modelQuery } from "../api/queries";
import { isComposing, useShortcuts, type Shortcut } from "../lib/shortcuts";
import { show } from "./front";
import { placesFor, type Place } from "./places";

/** What a list marks as its items: the link or button that opens each. */
const itemSelector = "#content [data-item]";

/** Moves the focus among the items of the screen's list. */
function step(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>(itemSelector)].filter((item) => item.checkVisibility());
  const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = at === -1 ? (by === 1 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1);
  items[next]?.focus();
}

const open = () => (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(itemSelector)?.click();

/** The search of the screen, else the search in everything. */
function search(): void {
  const own = document.querySelector<HTMLElement>("#content input[type=search]");
  if (own === null) show("palette");
  else own.focus();
}

/** Keys that work on every screen; a screen's own go before them. */
export function useShellShortcuts(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const model = useQuery(modelQuery()).data;
  const me = useQuery(meQuery).data;
  const shown: Place[] = model === undefined || me === undefined ? [] : placesFor(model, me);
  const go = shown
    .filter((place) => "go" in place)
    .map((place): Shortcut => ({
      keys: `g ${place.go}`,
      label: t("shortcuts.go", { place: t(place.key) }),
      group: "go",
      run: () => void navigate({ to: place.to }),
    }));
  useShortcuts([
    { keys: "j", label: t("shortcuts.next"), group: "everywhere", run: () => step(1) },
    { keys: "k", label: t("shortcuts.previous"), group: "everywhere", run: () => step(-1) },
    { keys: "o", label: t("shortcuts.open"), group: "everywhere", run: open },
    { keys: "/", label: t("shortcuts.search"), group: "everywhere", run: search },
    { keys: "?", label: t("shortcuts.help"), group: "everywhere", run: () => show("shortcuts") },
    ...go,
  ]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isCommand || event.key.toLowerCase() !== "k" || isComposing(event)) return;
      event.preventDefault();
      show("palette");
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
