import { Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useChangeFinding, type Finding, type Severity } from "../../api/lint";
import { useMe, useModel } from "../../api/queries";
import { expanded } from "../../api/shapes";
import { formatDay, formatTime } from "../../lib/dates";
import { Passage } from "../../lint/Passage";
import { severityIcon } from "../../lint/LintFindings";
import { RecordLink } from "../../record/RecordLink";
import { Badge } from "../../ui/marks";
import { Button } from "../../ui/Button";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Compliance.module.css";

const tones = { info: "info", warn: "warn", route: "accent", block: "danger" } as const;

/** One finding with the passage that it is about, and the decision. */
export function FindingCard({ finding }: { finding: Finding }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const severity = (finding.severity ?? "route") as Severity;
  const record = finding as never as Parameters<typeof expanded>[0];
  const author = expanded(record, "owner")?.title;
  const hcp = expanded(record, "hcp");
  const at = finding.found_at ?? "";
  const object = finding.object ?? "";
  return (
    <li className={styles.card} aria-label={`${model.choiceLabel("finding", "category", finding.category ?? "")}: ${finding.quote ?? ""}`}>
      <p className={styles.head}>
        <Badge tone={tones[severity]} icon={severityIcon[severity]}>
          {model.choiceLabel("finding", "category", finding.category ?? "")}
        </Badge>
        <span className={styles.soft}>{model.choiceLabel("finding", "severity", severity)}</span>
      </p>
      <Passage finding={finding} />
      <p className={styles.facts}>
        {author !== undefined && <span>{author}</span>}
        <span>{`${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`}</span>
        {hcp !== null && <RecordLink object="hcp" id={hcp.id ?? ""} title={hcp.title ?? ""} />}
        {model.may(object, "read") && (
          <RecordLink
            object={object}
            id={String(finding.record)}
            title={`${model.objectLabel(object)} · ${model.fieldLabel(object, String(finding.field))}`}
          />
        )}
      </p>
      <p className={styles.soft}>
        {t("lint.rule_and_version", { rule: finding.rule, version: finding.lexicon_version ?? "" })}
        {finding.acknowledged === true && ` · ${t("lint.confirmed")}`}
      </p>
      {typeof finding.report === "string" && model.may("safety_report", "read") && (
        <RecordLink object="safety_report" id={finding.report} title={model.objectLabel("safety_report")} />
      )}
      {isUndecided(finding) ? <Decision finding={finding} /> : <Decided finding={finding} />}
    </li>
  );
}

/** The words of a finding whose text was changed since can still be judged: an earlier version says them. */
const isUndecided = ({ state }: Finding) => state === "open" || state === "superseded";

function Decision({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const change = useChangeFinding();
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  if (!model.may("finding", "update") || finding.owner === me.id) return null;
  const decide = (state: "confirmed" | "cleared") => {
    setChecked(true);
    if (note.trim() === "") return;
    change.mutate({ finding, change: { state, note: note.trim() } }, {
      onSuccess: () => toast({ text: t("lint.decided") }),
      onError: (problem) => toast({ text: textOf(problem), tone: "bad" }),
    });
  };
  const never = (event: FormEvent) => event.preventDefault();
  return (
    <form className={styles.decision} onSubmit={never}>
      <Textarea
        size="md"
        rows={2}
        maxLength={1000}
        label={model.fieldLabel("finding", "note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={checked && note.trim() === "" ? t("lint.note_needed") : undefined}
      />
      <div className={styles.actions}>
        <Button variant="default" size="md" loading={change.isPending} onClick={() => decide("cleared")}>
          {model.choiceLabel("finding", "state", "cleared")}
        </Button>
        <Button size="md" loading={change.isPending} onClick={() => decide("confirmed")}>
          {model.choiceLabel("finding", "state", "confirmed")}
        </Button>
      </div>
    </form>
  );
}

function Decided({ finding }: { finding: Finding }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const change = useChangeFinding();
  const by = expanded(finding as never as Parameters<typeof expanded>[0], "reviewed_by")?.title ?? "";
  const day = finding.reviewed_at ? formatDay(finding.reviewed_at, i18n.language, me.zone) : "";
  const reopen = () =>
    change.mutate({ finding, change: { state: "open" } }, { onError: (problem) => toast({ text: textOf(problem), tone: "bad" }) });
  return (
    <div className={styles.actions}>
      <p className={styles.note}>
        <b>{finding.note}</b> <span className={styles.soft}>{t("lint.decided_by", { name: by, day })}</span>
      </p>
      <Button variant="default" size="md" loading={change.isPending} onClick={reopen}>
        {t("lint.reopen")}
      </Button>
    </div>
  );
}
