import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { lintQuery, type LintFinding, type Severity } from "../api/lint";
import { Icon, type IconName } from "../ui/icons";
import { useLintSubject } from "./LintAbout";
import styles from "./Lint.module.css";
import { bySeverity, segmentsOf, worst } from "./places";

/** Typing rests this long before the text is looked at. */
const typingPause = 400;

export const severityIcon: Record<Severity, IconName> = { info: "info", warn: "warning", route: "flag", block: "lock" };

interface LintFindingsProps {
  /** The object's field that the text will be saved in: "visit.discussion". */
  field: string;
  text: string;
}

/** Stands below a box that people write in: what compliance, safety or quality should look at, while it is typed. */
export function LintFindings({ field, text }: LintFindingsProps) {
  const { t } = useTranslation();
  const subject = useLintSubject();
  const id = useId();
  const [typed] = useDebouncedValue(text, typingPause);
  const { data, isError } = useQuery(lintQuery(typed, field, subject));
  if (isError && text.trim() !== "") return <p className={styles.unread}>{t("lint.unread")}</p>;
  if (text.trim() === "" || data === undefined || data.findings.length === 0) return null;
  const severity = worst(data.findings);
  return (
    <section className={styles.box} data-severity={severity} aria-labelledby={id}>
      <p id={id} className={styles.title} role="status">
        {severity !== null && <Icon name={severityIcon[severity]} size={18} />}
        {t("lint.title", { count: data.findings.length })}
      </p>
      <p className={styles.passage}>
        {segmentsOf(data.text, data.findings).map(({ text: part, severity: how }, index) =>
          how === null ? (
            <span key={index}>{part}</span>
          ) : (
            <mark key={index} data-severity={how}>
              {part}
            </mark>
          ),
        )}
      </p>
      <ul className={styles.findings}>
        {bySeverity(data.findings).map((finding) => (
          <FindingItem key={`${finding.rule}/${finding.start}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function FindingItem({ finding }: { finding: LintFinding }) {
  const { t } = useTranslation();
  // A doctor's own question suggests nothing about the author.
  const isAsked = finding.severity === "info" && finding.speaker === "customer";
  return (
    <li className={styles.finding} data-severity={finding.severity}>
      <p className={styles.head}>
        <Icon name={severityIcon[finding.severity]} size={16} />
        <span className={styles.severity}>{t(`lint.severity_${finding.severity}`)}</span>
        <q className={styles.words}>{finding.text}</q>
      </p>
      <p className={styles.rule}>
        {finding.category_label === finding.rule_label ? finding.rule_label : `${finding.category_label} · ${finding.rule_label}`}
      </p>
      {!isAsked && <p>{finding.why}</p>}
      <p>
        <b>{t("lint.instead")}</b> {finding.instead}
      </p>
      {finding.negated && <p className={styles.soft}>{t("lint.negated")}</p>}
      {isAsked && <p className={styles.soft}>{t("lint.asked")}</p>}
      {finding.report !== null && (
        <p className={styles.opens}>
          <Icon name="clock" size={16} />
          {t("lint.opens_report")}
        </p>
      )}
    </li>
  );
}
