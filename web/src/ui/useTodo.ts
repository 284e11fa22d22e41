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

/** A step back: a receipt confirmed by mistake leaves the promise as delivered. */
const openState = (kind: TodoKind, record: AnyRecord): string =>
  kind === "promise" && record["state"] === "confirmed" ? "delivered" : "open";

/** What a promise is asked for with its next step: how it was delivered, then who confirmed its receipt. */
export const evidenceOf = (record: AnyRecord): "proof_kind" | "received_by" =>
  record["state"] === "delivered" ? "received_by" : "proof_kind";

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
  const [isSettled, setSettled] = useState(true);
  const now: AnyRecord = { ...record, ...shown };
  const target = { object: kind, id: record.id, hcp: idOf(record["hcp"]), hco: idOf(record["hco"]) };

  const set = (change: Record<string, unknown>, said: string) => {
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, now[name] ?? null]));
    // Lists that show only what is open leave the state out.
    if ("state" in change && before["state"] === null) before["state"] = "open";
    const onError = (error: unknown) => {
      setShown(shown);
      setSettled(true);
      toast({ text: textOf(error), tone: "bad" });
    };
    const undo = () => {
      setShown(shown);
      touch.mutate({ ...target, change: before }, { onError });
    };
    const onSuccess = () => {
      setSettled(true);
      toast({ text: said, undo });
    };
    setShown({ ...shown, ...change });
    setSettled(false);
    touch.mutate({ ...target, change }, { onSuccess, onError });
  };
  return {
    now,
    // What was delivered is open again, for its receipt, as soon as the server has said so.
    open: isOpen(kind, now) && isSettled,
    finish: () => set({ state: "done" }, t("hcp.task_done")),
    /** The next step of a promise, with what shows that it was taken. */
    advance: (evidence: string) =>
      set(
        { state: doneState(kind, now), [evidenceOf(now)]: evidence },
        t(now["state"] === "delivered" ? "hcp.promise_confirmed" : "hcp.promise_done"),
      ),
    reopen: () => set({ state: openState(kind, now) }, t("todo.reopened")),
    dismiss: () => set({ state: "dismissed" }, t("todo.dismissed")),
    move: (due: string) => set({ due_at: due }, t("todo.moved")),
  };
}
