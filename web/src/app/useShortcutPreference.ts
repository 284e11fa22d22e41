import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { meQuery } from "../api/queries";
import { usePreferences } from "../api/preferences";
import { setShortcuts, useShortcutsOn } from "../lib/shortcuts";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";

/** The person's wish, kept at the server, goes before what this device was told. */
export function useKeptShortcuts(): void {
  const kept = useQuery(meQuery).data?.preferences["shortcuts"];
  useEffect(() => {
    if (typeof kept === "boolean") setShortcuts(kept);
  }, [kept]);
}

/** Whether single keys act, and the way to change that on all of the person's devices. */
export function useShortcutPreference(): { on: boolean; turn: (on: boolean) => void } {
  const on = useShortcutsOn();
  const toast = useToast();
  const textOf = useErrorText();
  const { keep } = usePreferences();
  const turn = (next: boolean) => {
    setShortcuts(next);
    keep("shortcuts", next).catch((error: unknown) => toast({ text: textOf(error), tone: "bad" }));
  };
  return { on, turn };
}
