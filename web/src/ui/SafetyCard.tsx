import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { Fact } from "./parts";
import { TimeLeft } from "./TimeLeft";
import styles from "./SafetyCard.module.css";

/** What must be done next about a report, and until when; null when nothing is left to do. */
export function nextDue(report: AnyRecord): string | null {
  const { state, company_due_at: company, regulator_due_at: regulator, field_alert_due_at: alert } = report;
  if (state === "closed") return null;
  if (state === "draft") return typeof company === "string" ? company : null;
  const dates = [regulator, alert].filter((due) => typeof due === "string");
  return dates.sort()[0] ?? null;
}

/** A safety report in a list: what it is about, what is left of its time, what is missing. */
export function SafetyCard({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const due = nextDue(report);
  const product = expanded(report, "product")?.title ?? report["product_name"];
  const missing = Array.isArray(report["missing"]) ? report["missing"].length : 0;
  const owner = expanded(report, "owner")?.title;
  return (
    <li className={styles.card}>
      <p className={styles.title}>
        <Link to="/safety/$id" params={{ id: report.id }} className={styles.link} data-item>
          {[model.choiceLabel("safety_report", "kind", String(report["kind"])), product].filter(Boolean).join(" · ")}
        </Link>
      </p>
      {typeof report["event"] === "string" && <p className={styles.event}>{report["event"]}</p>}
      <p className={styles.facts}>
        <Fact icon={report["state"] === "draft" ? "flag" : "check"}>
          {model.choiceLabel("safety_report", "state", String(report["state"]))}
        </Fact>
        {due !== null && <TimeLeft due={due} />}
        {missing > 0 && report["state"] !== "closed" && <Fact icon="info">{t("todo.missing", { count: missing })}</Fact>}
        {owner !== undefined && <Fact icon="person">{owner}</Fact>}
      </p>
    </li>
  );
}
