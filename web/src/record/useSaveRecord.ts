import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { changeRecord, refreshRecord, useChangeRecord } from "../api/records";
import type { AnyRecord } from "../api/shapes";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";

interface Save {
  /** The record that the change is made to: its version is checked, its values are what undo puts back. */
  before: AnyRecord;
  changes: Record<string, unknown>;
  /** What the toast says instead of "Saved". */
  text?: string;
  onSaved?: (record: AnyRecord) => void;
}

/** What puts these fields back as they were. */
export function reversed(before: AnyRecord, changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(changes).map((name) => [name, before[name] ?? null]));
}

/** Saves a change of a record, with a toast that takes it back as long as nobody has changed the record since. */
export function useSaveRecord(object: string, id: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const change = useChangeRecord(object, id);
  const undo = async (saved: AnyRecord, changes: Record<string, unknown>) => {
    try {
      await changeRecord(object, id, { version: saved.version ?? 0, change: changes });
      toast({ text: t("record.undone") });
    } catch (error) {
      const isStale = error instanceof ApiProblem && error.status === 412;
      toast({ text: isStale ? t("record.undo_stale") : textOf(error), tone: "bad" });
    }
    await refreshRecord(client, object, id);
  };
  const save = ({ before, changes, text, onSaved }: Save) =>
    change.mutate(
      { version: before.version ?? 0, change: changes },
      {
        onSuccess: (saved) => {
          const back = reversed(before, changes);
          toast({ text: text ?? t("record.saved"), undo: () => void undo(saved, back) });
          onSaved?.(saved);
        },
      },
    );
  return { save, error: change.error, isPending: change.isPending, reset: change.reset };
}
