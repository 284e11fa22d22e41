import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { tasksQuery } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { Icon } from "../../ui/icons";
import { Cards, CardSkeletons, EmptyState, Section } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import { TodoCard } from "../../ui/TodoCard";
import styles from "./VisitDone.module.css";

interface VisitDoneProps {
  before: Hcp;
  temperature: string | null;
  /** The tasks that were open before the visit: what is new came from it. */
  tasksBefore: string[];
}

/** The visit is saved: what it changed, and what the rules made of it. */
export function VisitDone({ before, temperature, tasksBefore }: VisitDoneProps) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <span className={styles.mark}>
          <Icon name="check" size={28} />
        </span>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {t("visit.done_title")}
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
      <NewTasks hcp={before.id} tasksBefore={tasksBefore} />
      <div className={styles.ways}>
        <Link to="/hcp/$id" params={{ id: before.id }} className={styles.primary} replace>
          {t("visit.done_back")}
        </Link>
        <Link to="/" className={styles.secondary}>
          {t("visit.done_today")}
        </Link>
      </div>
    </div>
  );
}

function NewTasks({ hcp, tasksBefore }: { hcp: string; tasksBefore: string[] }) {
  const { t } = useTranslation();
  const tasks = useQuery(tasksQuery(hcp));
  if (tasks.isFetching && tasks.data === undefined) return <CardSkeletons count={1} />;
  const known = new Set(tasksBefore);
  const fresh = (tasks.data?.items ?? []).filter((task) => !known.has(task.id));
  if (fresh.length === 0) return <EmptyState icon="check">{t("visit.done_no_rules")}</EmptyState>;
  return (
    <Section title={t("visit.done_rules")} icon="task">
      <Cards label={t("hcp.tasks")}>
        {fresh.map((task) => (
          <TodoCard key={task.id} kind="task" record={task as unknown as AnyRecord} />
        ))}
      </Cards>
    </Section>
  );
}
