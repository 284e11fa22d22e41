import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { firstVisitsQuery } from "../../api/handover";
import { useModel } from "../../api/queries";
import { expanded } from "../../api/shapes";
import { DueFact } from "../../ui/DueFact";
import { Cards, Section } from "../../ui/parts";
import styles from "./Handover.module.css";

/** What the rules propose to the successor after reading: whom to see first, and by when. */
export function FirstVisits() {
  const { t } = useTranslation();
  const model = useModel();
  const tasks = useQuery({ ...firstVisitsQuery(), enabled: model.may("task", "read") });
  const items = tasks.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("handover.first_visits")} icon="meet" count={tasks.data?.total ?? items.length} hint={t("handover.first_visits_hint")}>
      <Cards label={t("handover.first_visits")}>
        {items.map((task) => (
          <li key={task.id} className={styles.proposal}>
            <Doctor hcp={expanded(task, "hcp")} otherwise={task.title ?? ""} />
            {typeof task["due_at"] === "string" && <DueFact due={task["due_at"]} />}
          </li>
        ))}
      </Cards>
      <Link to="/tasks" className={styles.more}>
        {t("handover.all_tasks")}
      </Link>
    </Section>
  );
}

function Doctor({ hcp, otherwise }: { hcp: { id: string; title?: string } | null; otherwise: string }) {
  const { t } = useTranslation();
  if (hcp === null) return <span>{otherwise}</span>;
  return (
    <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.cardName}>
      {t("honorific.unknown", { name: hcp.title ?? "" })}
    </Link>
  );
}
