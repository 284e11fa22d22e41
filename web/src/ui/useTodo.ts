import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTouch } from "../api/day";
import type { AnyRecord } from "../api/shapes";
import { useErrorText } from "./parts";
import { useToast } from "./Toasts";

export type TodoKind = "promise" | "task";

const idOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Whether it still has to be done. A delivered promise may wait for its receipt to be confirmed. */
export const isOpen = (kind: TodoKind, record: AnyRecord): boolean =>
  record["state"] === undefined || record["state"] === "open" || (kind === "promise" && record["state"] === "delivered");

/** What its next state is when a person says that it is done. */
function doneState(kind: TodoKind, record: AnyRecord): string {
  if (kind === "task") return "done";
  return record["state"] === "delivered" ? "confirmed" : "delivered";
}

/**
 * A promise or a task, and what one tap does to it. It shows as changed at once; a refusal takes that back
 * and says why, and a toast lets the person take it back.
 */
export function useTodo(kind: TodoKind, record: AnyRecord) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const [shown, setShown] = useState<Record<string, unknown>>({});
  const target = { object: kind, id: record.id, hcp: idOf(record["hcp"]), hco: idOf(record["hco"]) };

  const set = (change: Record<string, unknown>, said: string) => {
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, record[name] ?? null]));
    // Lists that show only what is open leave the state out.
    if ("state" in change && before["state"] === null) before["state"] = "open";
    const onError = (error: unknown) => {
      setShown({});
      toast({ text: textOf(error), tone: "bad" });
    };
    const undo = () => {
      setShown({});
      touch.mutate({ ...target, change: before }, { onError });
    };
    setShown(change);
    touch.mutate({ ...target, change }, { onSuccess: () => toast({ text: said, undo }), onError });
  };
  const now: AnyRecord = { ...record, ...shown };
  return {
    now,
    open: isOpen(kind, now) && shown["state"] === undefined,
    finish: () => set({ state: doneState(kind, record) }, t(kind === "promise" ? "hcp.promise_done" : "hcp.task_done")),
    reopen: () => set({ state: "open" }, t("todo.reopened")),
    dismiss: () => set({ state: "dismissed" }, t("todo.dismissed")),
    move: (due: string) => set({ due_at: due }, t("todo.moved")),
  };
}
