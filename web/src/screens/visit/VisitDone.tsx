import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { hcpQuery, tasksQuery, useMe, useModel } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { VisitFindings } from "../../lint/VisitFindings";
import { Icon } from "../../ui/icons";
import { Cards, CardSkeletons, EmptyState, Section } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import { TodoCard } from "../../ui/TodoCard";
import { Needs } from "../hcp/Needs";
import { NextAction } from "../hcp/NextAction";
import type { VisitDraft } from "./draft";
import { isPromise } from "./pieces";
import styles from "./VisitDone.module.css";

interface VisitDoneProps {
  before: Hcp;
  draft: VisitDraft;
  /** The visit's id once the server has it; null while it is on its way. */
  visit: string | null;
  /** The tasks that were open before the visit: what is new came from it. */
  tasksBefore: string[];
}

/** The visit is saved: what it changed, and what the rules made of it. */
export function VisitDone({ before, draft, visit, tasksBefore }: VisitDoneProps) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  const heading = useRef<HTMLHeadingElement>(null);
  const isSaved = visit !== null;
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [isSaved]);
  const { temperature } = draft;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <span className={styles.mark} data-waiting={!isSaved || undefined}>
          <Icon name={isSaved ? "check" : "clock"} size={28} />
        </span>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {t(isSaved ? "visit.done_title" : "visit.sending")}
        </h1>
        <p className={styles.with}>{honorific(before)}</p>
        {temperature !== null && temperature !== before.temperature && (
          <p className={styles.change}>
            <TemperatureBadge code={before.temperature} />
            <Icon name="right" size={18} />
            <TemperatureBadge code={temperature} />
          </p>
        )}
      </header>
      <Summary draft={draft} />
      {isSaved && <Needs hcp={before.id} onlySuggested />}
      {isSaved ? <Followed before={before} tasksBefore={tasksBefore} /> : <CardSkeletons count={1} height={124} />}
      {isSaved && <VisitFindings visit={visit} />}
      {isSaved && (
        <div className={styles.ways}>
          <Link to="/hcp/$id" params={{ id: before.id }} className={styles.primary} replace>
            {t("visit.done_back")}
          </Link>
          <Link to="/" className={styles.secondary}>
            {t("visit.done_today")}
          </Link>
          <Link to="/visit/$id" params={{ id: visit }} className={styles.secondary}>
            {t("visit.done_open")}
          </Link>
        </div>
      )}
    </div>
  );
}

/** What was promised and noticed, in the person's own words. */
function Summary({ draft }: { draft: VisitDraft }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const lines = [
    ...draft.signs.map(({ id, kind }) => ({ id, icon: "flag" as const, text: model.choiceLabel("sign", "kind", kind), due: null })),
    ...draft.pieces
      .filter((piece) => isPromise(piece) && !piece.isDropped)
      .map(({ id, text, due }) => ({
        id,
        icon: "promise" as const,
        text,
        due,
      })),
    ...draft.promises.map(({ id, deliverable, due }) => ({
      id,
      icon: "promise" as const,
      text: deliverable,
      due,
    })),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={styles.summary}>
      {lines.map(({ id, icon, text, due }) => (
        <li key={id}>
          <Icon name={icon} size={18} />
          <span>
            {text}
            {due !== null && (
              <>
                {" · "}
                <span className={styles.due}>{formatDay(due, i18n.language, me.zone)}</span>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Followed({ before, tasksBefore }: { before: Hcp; tasksBefore: string[] }) {
  const { t } = useTranslation();
  const tasks = useQuery(tasksQuery(before.id));
  const hcp = useQuery(hcpQuery(before.id)).data ?? before;
  const known = new Set(tasksBefore);
  const fresh = (tasks.data?.items ?? []).filter((task) => !known.has(task.id));
  return (
    <>
      {fresh.length === 0 && tasks.isFetching && <CardSkeletons count={1} height={124} />}
      {fresh.length === 0 && !tasks.isFetching && <EmptyState icon="check">{t("visit.done_no_rules")}</EmptyState>}
      {fresh.length > 0 && (
        <Section title={t("visit.done_rules")} icon="task">
          <Cards label={t("hcp.tasks")}>
            {fresh.map((task) => (
              <TodoCard key={task.id} kind="task" record={task as unknown as AnyRecord} />
            ))}
          </Cards>
        </Section>
      )}
      <NextAction hcp={hcp} />
    </>
  );
}
