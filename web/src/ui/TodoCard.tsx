import { Link } from "@tanstack/react-router";
import { Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { dayOf, instantAt, timeOf, type Day } from "../lib/dates";
import { CardAction, CardActions } from "./CardActions";
import { DueFact } from "./DueFact";
import { Icon } from "./icons";
import { lazyForm } from "./lazyPart";
import { Fact } from "./parts";
import { useHonorific } from "./PersonCard";
import styles from "./TodoCard.module.css";
import { TodoSource } from "./TodoSource";
import { evidenceOf, useTodo, type TodoKind } from "./useTodo";

const DueDialog = lazyForm(() => import("./DueDialog").then((module) => module.DueDialog));

interface TodoCardProps {
  kind: TodoKind;
  record: AnyRecord;
  /** Whose it is, where the list is not one doctor's. */
  showPerson?: boolean;
  /** Who has to do it, where the list is not one person's. */
  showOwner?: boolean;
  /** On a wide screen the list is wide as well. */
  wide?: boolean;
}

/** A promise or a task: one tap says that it is done, and the toast takes that back. */
export function TodoCard({ kind, record, showPerson = false, showOwner = false, wide = false }: TodoCardProps) {
  const { t } = useTranslation();
  const todo = useTodo(kind, record);
  const title = String(record[kind === "promise" ? "deliverable" : "subject"] ?? record.title ?? "");
  const [isAsking, setAsking] = useState(false);
  const press = () => {
    if (!todo.open) todo.reopen();
    else if (kind === "promise") setAsking(!isAsking);
    else todo.finish();
  };
  return (
    <li className={styles.card} data-kind={kind} data-done={!todo.open || undefined} data-wide={wide || undefined} data-id={record.id}>
      <button
        type="button"
        className={styles.done}
        onClick={press}
        data-finish
        aria-expanded={kind === "promise" && todo.open ? isAsking : undefined}
        aria-label={t(pressLabel(kind, todo.now, todo.open), { what: title })}
      >
        <span className={styles.ring}>
          <Icon name="check" size={15} />
        </span>
      </button>
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {typeof record["body"] === "string" && <TodoText text={record["body"]} />}
        <TodoFacts kind={kind} record={todo.now} open={todo.open}>
          {showPerson && <PersonLink record={record} />}
          {showOwner && <Owner record={record} />}
        </TodoFacts>
        <TodoSource record={record} />
      </div>
      {todo.open && isAsking && (
        <Evidence
          record={todo.now}
          choose={(code) => {
            setAsking(false);
            todo.advance(code);
          }}
        />
      )}
      {todo.open && (
        <div className={styles.actions}>
          <TodoActions kind={kind} record={todo.now} title={title} move={todo.move} dismiss={todo.dismiss} />
        </div>
      )}
    </li>
  );
}

function pressLabel(kind: TodoKind, record: AnyRecord, open: boolean) {
  if (!open) return "todo.reopen_of" as const;
  if (kind === "task") return "hcp.task_done_of" as const;
  return record["state"] === "delivered" ? ("hcp.promise_confirm_of" as const) : ("hcp.promise_done_of" as const);
}

/** The second tap: how it was delivered, or who confirmed its receipt. It is the proof of the step. */
function Evidence({ record, choose }: { record: AnyRecord; choose: (code: string) => void }) {
  const model = useModel();
  const field = evidenceOf(record);
  const label = model.fieldLabel("promise", field);
  return (
    <div className={styles.evidence} role="group" aria-label={label}>
      <p>{label}</p>
      {model.choices("promise", field).map((choice) => (
        <button key={choice.code} type="button" onClick={() => choose(choice.code)}>
          {model.label(choice)}
        </button>
      ))}
    </div>
  );
}

/** Long guidance stays folded to two lines until it is asked for. */
function TodoText({ text }: { text: string }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (text.length < 90 || all) return <p className={styles.text}>{text}</p>;
  return (
    <button type="button" className={styles.folded} onClick={() => setAll(true)} title={t("todo.read_on")}>
      {text}
    </button>
  );
}

function TodoFacts({ kind, record, open, children }: { kind: TodoKind; record: AnyRecord; open: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const model = useModel();
  const isDelivered = kind === "promise" && record["state"] === "delivered";
  // What was delivered is due again when its receipt is to be confirmed.
  const due = isDelivered ? (record["confirm_at"] ?? record["due_at"]) : record["due_at"];
  return (
    <p className={styles.facts}>
      {children}
      {typeof due === "string" && open && <DueFact due={due} />}
      {isDelivered && open && <Fact icon="check">{t("todo.to_confirm")}</Fact>}
      {!open && (
        <Fact icon="check" tone="good">
          {model.choiceLabel(kind, "state", String(record["state"]))}
        </Fact>
      )}
    </p>
  );
}

function Owner({ record }: { record: AnyRecord }) {
  const owner = expanded(record, "owner")?.title;
  return owner === undefined ? null : <Fact icon="person">{owner}</Fact>;
}

function PersonLink({ record }: { record: AnyRecord }) {
  const honorific = useHonorific();
  const hcp = expanded(record, "hcp");
  const hco = expanded(record, "hco");
  if (hcp !== null) {
    return (
      <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.person}>
        {honorific(hcp)}
      </Link>
    );
  }
  if (hco === null) return null;
  return (
    <Link to="/hco/$id" params={{ id: hco.id }} className={styles.person}>
      {hco.title}
    </Link>
  );
}

interface TodoActionsProps {
  kind: TodoKind;
  record: AnyRecord;
  title: string;
  move: (due: string) => void;
  dismiss: () => void;
}

const endOfDay = "18:00";

function TodoActions({ kind, record, title, move, dismiss }: TodoActionsProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [isMoving, setMoving] = useState(false);
  const due = typeof record["due_at"] === "string" ? record["due_at"] : null;
  const moveTo = (day: Day) => {
    setMoving(false);
    // The hour stays: only the day is another one.
    move(instantAt(day, due === null ? endOfDay : timeOf(due, me.zone), me.zone));
  };
  return (
    <CardActions>
      <CardAction icon="clock" label={t("todo.move")} about={title} onClick={() => setMoving(true)} />
      {kind === "task" && <CardAction icon="close" label={t("todo.dismiss")} about={title} onClick={dismiss} />}
      {isMoving && (
        <Suspense>
          <DueDialog what={title} day={due === null ? null : dayOf(due, me.zone)} choose={moveTo} close={() => setMoving(false)} />
        </Suspense>
      )}
    </CardActions>
  );
}
