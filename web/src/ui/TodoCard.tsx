import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMovePromise, useMoveTask } from "../api/changes";
import { expanded, type AnyRecord } from "../api/shapes";
import { DueFact } from "./DueFact";
import { Icon } from "./icons";
import { Fact, useErrorText } from "./parts";
import { useHonorific } from "./PersonCard";
import { useToast } from "./Toasts";
import styles from "./TodoCard.module.css";

interface TodoCardProps {
  kind: "promise" | "task";
  record: AnyRecord;
  /** Whose it is, where the list is not one doctor's. */
  showPerson?: boolean;
}

/** A promise or a task: one tap says that it is done, and the toast takes that back. */
export function TodoCard({ kind, record, showPerson = false }: TodoCardProps) {
  const { t } = useTranslation();
  const { finish, pending } = useFinish(kind, record);
  const title = String(record[kind === "promise" ? "deliverable" : "subject"] ?? record.title ?? "");
  const due = record["due_at"];
  const byRule = kind === "task" && typeof record["source"] === "string" && record["source"].includes("rule");
  return (
    <li className={styles.card} data-kind={kind}>
      <button
        type="button"
        className={styles.done}
        onClick={finish}
        disabled={pending}
        aria-label={t(kind === "promise" ? "hcp.promise_done_of" : "hcp.task_done_of", { what: title })}
      >
        <span className={styles.ring}>
          <Icon name="check" size={15} />
        </span>
      </button>
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {typeof record["body"] === "string" && <p className={styles.text}>{record["body"]}</p>}
        <p className={styles.facts}>
          {showPerson && <PersonLink record={record} />}
          {typeof due === "string" && <DueFact due={due} />}
          {byRule && <Fact icon="thermometer">{t("hcp.by_rule")}</Fact>}
        </p>
      </div>
    </li>
  );
}

function PersonLink({ record }: { record: AnyRecord }) {
  const honorific = useHonorific();
  const hcp = expanded(record, "hcp");
  const hco = expanded(record, "hco");
  if (hcp === null) return hco ? <Fact icon="building">{hco.title}</Fact> : null;
  return (
    <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.person}>
      {honorific(hcp)}
    </Link>
  );
}

function useFinish(kind: "promise" | "task", record: AnyRecord) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const task = useMoveTask();
  const promise = useMovePromise();
  const target = { id: record.id, hcp: (record["hcp"] as string | null | undefined) ?? null };
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const finish = () => {
    if (kind === "task") {
      const undo = () => task.mutate({ ...target, state: "open" }, { onError });
      const onSuccess = () => toast({ text: t("hcp.task_done"), undo });
      task.mutate({ ...target, state: "done" }, { onSuccess, onError });
      return;
    }
    const undo = () => promise.mutate({ ...target, state: "open" }, { onError });
    const onSuccess = () => toast({ text: t("hcp.promise_done"), undo });
    // What was delivered already waits for its receipt to be confirmed.
    promise.mutate({ ...target, state: record["state"] === "delivered" ? "confirmed" : "delivered" }, { onSuccess, onError });
  };
  return { finish, pending: task.isPending || promise.isPending };
}
