import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { useMe } from "../../api/queries";
import { dayOf, daysSince, today } from "../../lib/dates";
import styles from "./Today.module.css";

/** The widgets whose number makes a sentence; others tell their own title and number. */
const said = [
  "safety_not_sent",
  "drafts",
  "next_visits",
  "recommended_visits",
  "promises_due",
  "promises_late",
  "temperature_alerts",
  "early_warning",
  "behind_rhythm",
  "tasks_due",
  "signs_unvisited",
  "committees_within_month",
] as const;

/** The day's numbers in words; each leads to what it counts. */
export function Brief({ widgets }: { widgets: Widget[] | null }) {
  const { t } = useTranslation();
  // The lines keep their height while the numbers come, so that nothing below them moves.
  if (widgets === null) return <div className={styles.brief} aria-hidden="true" />;
  const counted = widgets.filter((widget) => widget.form === "list" && widget.total > 0);
  if (counted.length === 0) return <p className={styles.brief}>{t("today.brief_nothing")}</p>;
  return (
    <ul className={styles.brief} aria-label={t("today.brief")}>
      {counted.map((widget) => (
        <li key={widget.name}>
          <Link to="/" hash={widget.name} className={styles.clause} replace>
            <Clause widget={widget} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Clause({ widget }: { widget: Widget }) {
  const { t } = useTranslation();
  const me = useMe();
  const name = said.find((one) => one === widget.name);
  const late = widget.items.filter((item) => typeof item["due_at"] === "string" && (daysSince(item["due_at"], me.zone) ?? 0) > 0);
  const now = widget.items.filter((item) => typeof item["planned_at"] === "string" && dayOf(item["planned_at"], me.zone) === today(me.zone));
  if (widget.name === "next_visits" && now.length > 0) return t("today.brief_visits_today", { count: now.length });
  const words = name === undefined ? `${widget.label}: ${widget.total}` : t(`today.brief_${name}`, { count: widget.total });
  if (late.length === 0 || widget.name === "promises_late") return words;
  return (
    <>
      {words} <b className={styles.late}>{t("today.brief_late", { count: late.length })}</b>
    </>
  );
}
