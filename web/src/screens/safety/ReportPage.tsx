import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { shortListQuery, is } from "../../api/day";
import { reportFindingsQuery } from "../../api/lint";
import { useMe, useModel } from "../../api/queries";
import { reportDeadlinesQuery, reportQuery, reportSheet, type ReportDeadline } from "../../api/safety";
import type { AnyRecord } from "../../api/shapes";
import { formatDay, formatTime } from "../../lib/dates";
import { Passage } from "../../lint/Passage";
import { HistoryList } from "../../record/HistoryList";
import { RecordFields } from "../../record/RecordFields";
import { RecordLink } from "../../record/RecordLink";
import { ButtonAnchor, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Badge } from "../../ui/marks";
import { BackLink, Page } from "../../ui/Page";
import { Cards, CardSkeletons, ErrorNotice, Section } from "../../ui/parts";
import { SafetyCard } from "../../ui/SafetyCard";
import { ScreenError } from "../../app/ScreenError";
import { TimeLeft } from "../../ui/TimeLeft";
import { Steps } from "./Steps";
import styles from "./Safety.module.css";

const route = getRouteApi("/app/safety/$id");

/** One report: what is left of its time and why, what is missing, what it says, what happened to it. */
export function ReportPage() {
  const { id } = route.useParams();
  const report = useQuery(reportQuery(id));
  if (report.isPending) return <CardSkeletons count={3} height={160} />;
  if (report.isError) return <ScreenError error={report.error} retry={() => void report.refetch()} />;
  return <Loaded key={id} report={report.data} />;
}

function Loaded({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const isSent = report["state"] !== "draft";
  const assesses = model.reachesAll("safety_report", "update");
  return (
    <Page
      width="text"
      title={report.title}
      back={<BackLink to="/safety">{t("safety.title")}</BackLink>}
      actions={
        <>
          <ButtonAnchor href={reportSheet(report.id)} target="_blank" variant="default" size="md" leftSection={<Icon name="file" size={18} />}>
            {t("safety.sheet")}
          </ButtonAnchor>
          {isSent && model.may("safety_report", "create") && (
            <ButtonLink to="/safety/new" search={{ follows: report.id }} variant="default" size="md" leftSection={<Icon name="plus" size={18} />}>
              {t("safety.add")}
            </ButtonLink>
          )}
        </>
      }
    >
      <p className={styles.states}>
        <Badge tone={isSent ? "good" : "warn"} icon={isSent ? "check" : "flag"}>
          {model.choiceLabel("safety_report", "state", String(report["state"]))}
        </Badge>
        {typeof report["no_event_reason"] === "string" && <Badge tone="info" icon="info">{t("safety.no_event_claim")}</Badge>}
        {isSent && <span className={styles.soft}>{t("safety.as_sent")}</span>}
      </p>
      {typeof report["no_event_reason"] === "string" && (
        <figure className={styles.quote}>
          <figcaption>{model.fieldLabel("safety_report", "no_event_reason")}</figcaption>
          <blockquote>{report["no_event_reason"]}</blockquote>
        </figure>
      )}
      {!isSent && report["origin"] === "record" && <p className={styles.soft}>{t("safety.from_record")}</p>}
      <Steps report={report} />
      <Clocks report={report} />
      <Missing report={report} />
      <Words id={report.id} />
      <Original report={report} />
      <RecordFields object="safety_report" record={report} canEdit={({ name }) => !isSent || (assesses && assessed.includes(name))} />
      <Additions id={report.id} />
      <details className={styles.history}>
        <summary>{t("object.view_history")}</summary>
        <HistoryList object="safety_report" id={report.id} />
      </details>
    </Page>
  );
}

/** What the safety department goes on saying about a report that was sent. */
const assessed = ["seriousness", "expectedness", "safety_number", "outcome", "outcome_note"];

/** What was found in records and led to this report, where it stands there. */
function Words({ id }: { id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const { data = [] } = useQuery({ ...reportFindingsQuery(id), enabled: model.may("finding", "read") });
  if (data.length === 0) return null;
  return (
    <Section title={t("safety.from_words")} icon="quote" count={data.length}>
      <ul className={styles.missing}>
        {data.map((finding) => (
          <li key={finding.id}>
            <Passage finding={finding} />
            {model.may(finding.object ?? "", "read") && (
              <RecordLink
                object={finding.object ?? ""}
                id={String(finding.record)}
                title={`${model.objectLabel(finding.object ?? "")} · ${model.fieldLabel(finding.object ?? "", String(finding.field))}`}
              />
            )}
            {finding.state === "superseded" && <span className={styles.soft}> {model.choiceLabel("finding", "state", "superseded")}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Clocks({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const deadlines = useQuery(reportDeadlinesQuery(report.id));
  if (deadlines.isPending) return <CardSkeletons count={2} height={150} />;
  if (deadlines.isError) return <ErrorNotice error={deadlines.error} retry={() => void deadlines.refetch()} />;
  return (
    <Section title={t("safety.clocks")} icon="clock" hint={t("safety.clocks_hint")}>
      <ul className={styles.clocks}>
        {deadlines.data.map((deadline) => (
          <Clock key={deadline.deadline} deadline={deadline} isMet={isMet(report, deadline)} />
        ))}
      </ul>
      {!deadlines.data.some(({ field }) => field === "regulator_due_at") && <p className={styles.soft}>{t("safety.no_authority")}</p>}
      {deadlines.data.some(isUnchecked) && <HowToCheck labels={deadlines.data.filter(isUnchecked).map(({ label }) => label)} />}
    </Section>
  );
}

/** The company's clock stops when the report is sent, the authority's when the safety department has closed it. */
function isMet(report: AnyRecord, deadline: ReportDeadline): boolean {
  return deadline.field === "company_due_at" ? report["state"] !== "draft" : report["state"] === "closed";
}

function Clock({ deadline, isMet }: { deadline: ReportDeadline; isMet: boolean }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const when = `${formatDay(deadline.due_at, i18n.language, me.zone)} ${formatTime(deadline.due_at, i18n.language, me.zone)}`;
  return (
    <li className={styles.clock}>
      <p className={styles.clockHead}>
        <b>{deadline.label}</b>
        {isMet ? <Badge tone="good" icon="check">{t("safety.done")}</Badge> : <TimeLeft due={deadline.due_at} />}
      </p>
      <p>{t("safety.until", { when })}</p>
      <p className={styles.soft}>
        {t(`safety.standing_${deadline.standing}`)} · {deadline.basis}
      </p>
      <Validity deadline={deadline} />
    </li>
  );
}

/** A rule of the company's own needs no comparing. */
const isUnchecked = ({ standing, checked_on }: ReportDeadline): boolean => standing !== "practice" && checked_on === null;

/** What to do about clocks that nobody has compared with the law: whoever may enter the day is led there, others are told who may. */
function HowToCheck({ labels }: { labels: string[] }) {
  const { t, i18n } = useTranslation();
  const { may } = useMe();
  const entries = new Intl.ListFormat(i18n.language).format(labels.map((label) => t("safety.check_entry", { label })));
  if (may.configure !== true) return <p className={styles.soft}>{t("safety.check_others", { entries })}</p>;
  return (
    <p className={styles.soft}>
      {t("safety.check_self", { entries })}{" "}
      <Link to="/studio/other/$kind/$name" params={{ kind: "deadlines", name: "safety_report" }}>
        {t("safety.check_open")}
      </Link>
    </p>
  );
}

/** Since when it counts, and whether somebody has held it against the text in force: what nobody has checked says so. */
function Validity({ deadline }: { deadline: ReportDeadline }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (deadline.standing === "practice") return null;
  const day = (date: string) => formatDay(date, i18n.language, me.zone);
  return (
    <p className={styles.validity}>
      {deadline.valid_from !== null && <span>{t("safety.valid_from", { day: day(deadline.valid_from) })}</span>}
      {deadline.valid_to !== null && <span>{t("safety.valid_to", { day: day(deadline.valid_to) })}</span>}
      {deadline.checked_on === null ? (
        <Badge tone="warn" icon="warning">
          {t("safety.unchecked")}
        </Badge>
      ) : (
        <span>{t("safety.checked_on", { day: day(deadline.checked_on) })}</span>
      )}
    </p>
  );
}

function Missing({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const missing = Array.isArray(report["missing"]) ? (report["missing"] as string[]) : [];
  if (missing.length === 0) return null;
  return (
    <Section title={model.fieldLabel("safety_report", "missing")} icon="info" hint={t("safety.missing_hint")}>
      <ul className={styles.missing}>
        {missing.map((code) => (
          <li key={code}>{model.choiceLabel("safety_report", "missing", code)}</li>
        ))}
      </ul>
    </Section>
  );
}

/** The report that this one adds to. */
function Original({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  if (typeof report["follows"] !== "string") return null;
  return (
    <p>
      <Link to="/safety/$id" params={{ id: report["follows"] }} className={styles.original}>
        {t("safety.original")}
      </Link>
    </p>
  );
}

function Additions({ id }: { id: string }) {
  const { t } = useTranslation();
  const list = useQuery(shortListQuery("safety_report", { filter: is("follows", id), sort: "aware_at", expand: ["product", "owner"], limit: 100 }));
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("safety.additions")} icon="plus" count={items.length}>
      <Cards label={t("safety.additions")}>
        {items.map((report) => (
          <SafetyCard key={report.id} report={report} />
        ))}
      </Cards>
    </Section>
  );
}
