import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { useMe } from "../../api/queries";
import { dayOf, daysSince, today } from "../../lib/dates";
import styles from "./Today.module.css";

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
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = widget.items.filter((item) => typeof item["planned_at"] === "string" && dayOf(item["planned_at"], me.zone) === today(me.zone));
  if (widget.object === "visit" && now.length > 0) return t("today.brief_visits_today", { count: now.length });
  const words = sentenceOf(widget, i18n.language);
  if (widget.brief?.late !== true) return words;
  const late = widget.items.filter((item) => typeof item["due_at"] === "string" && (daysSince(item["due_at"], me.zone) ?? 0) > 0);
  if (late.length === 0) return words;
  return (
    <>
      {words} <b className={styles.late}>{t("today.brief_late", { count: late.length })}</b>
    </>
  );
}

/** As the business says it; a widget without a sentence tells its title and its number. */
export function sentenceOf({ brief, label, total }: Widget, language: string): string {
  const number = new Intl.NumberFormat(language).format(total);
  if (brief === undefined) return `${label}: ${number}`;
  const isOne = new Intl.PluralRules(language).select(total) === "one";
  return ((isOne ? brief.one : undefined) ?? brief.other).replace("{count}", number);
}
