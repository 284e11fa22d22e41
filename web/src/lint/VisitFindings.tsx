import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChangeFinding, visitFindingsQuery, type Finding, type Severity } from "../api/lint";
import { useMe, useModel } from "../api/queries";
import { Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { Section, useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";
import styles from "./Lint.module.css";
import { severityIcon } from "./LintFindings";
import { Passage } from "./Passage";
import { reportStart } from "./safety";

/** What was found in a visit that is saved: its author confirms what is theirs to confirm and goes on to safety. */
export function VisitFindings({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const { data } = useQuery({ ...visitFindingsQuery(visit), enabled: model.may("finding", "read") });
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title={t("lint.saved_title")} icon="flag" count={data.length}>
      <ul className={styles.findings}>
        {data.map((finding) => (
          <SavedFinding key={finding.id} finding={finding} visit={visit} />
        ))}
      </ul>
    </Section>
  );
}

function SavedFinding({ finding, visit }: { finding: Finding; visit: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const change = useChangeFinding();
  const severity = (finding.severity ?? "route") as Severity;
  const start = reportStart(finding, visit);
  const confirm = () =>
    change.mutate({ finding, change: { acknowledged: true } }, { onError: (problem) => toast({ text: textOf(problem), tone: "bad" }) });
  return (
    <li className={styles.finding} data-severity={severity}>
      <p className={styles.head}>
        <Icon name={severityIcon[severity]} size={16} />
        <span className={styles.severity}>{model.choiceLabel("finding", "category", finding.category ?? "")}</span>
        <span className={styles.soft}>{model.choiceLabel("finding", "state", finding.state ?? "")}</span>
      </p>
      <Passage finding={finding} />
      <div className={styles.actions}>
        {typeof finding.report === "string" && (
          <Link to="/safety/$id" params={{ id: finding.report }} className={styles.safety}>
            {t("lint.report_opened")}
          </Link>
        )}
        {start !== null && !finding.report && model.may("safety_report", "create") && (
          <Link to="/safety/new" search={start} className={styles.safety}>
            {t("lint.safety_report")}
          </Link>
        )}
        {severity === "warn" && finding.state === "open" && finding.owner === me.id && finding.acknowledged !== true && (
          <Button variant="default" size="md" loading={change.isPending} onClick={confirm}>
            {t("lint.confirm")}
          </Button>
        )}
        {finding.acknowledged === true && <span className={styles.soft}>{t("lint.confirmed")}</span>}
        {severity === "route" && finding.route === "compliance" && finding.state === "open" && (
          <span className={styles.soft}>{t("lint.goes_to_review")}</span>
        )}
      </div>
    </li>
  );
}
