import { Alert, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { useChangeRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Safety.module.css";

/** The next step of a report, for whom it is: sending is the reporter's, receiving and closing the safety department's. */
export function Steps({ report }: { report: AnyRecord }) {
  const model = useModel();
  const me = useMe();
  const assesses = model.reachesAll("safety_report", "update");
  const state = report["state"];
  if (state === "draft" && (report["owner"] === me.id || assesses)) {
    return (
      <>
        <Send report={report} />
        {assesses ? <CloseUnsent report={report} /> : <NoEvent report={report} />}
      </>
    );
  }
  if (!assesses) return null;
  if (state === "submitted") return <Receive report={report} />;
  return state === "received" ? <Close report={report} /> : null;
}

function useStep(report: AnyRecord) {
  const { t } = useTranslation();
  const toast = useToast();
  const change = useChangeRecord("safety_report", report.id);
  const step = (values: Record<string, unknown>, text: "sent" | "received" | "closed") =>
    change.mutate(
      { version: report.version ?? 0, change: values },
      { onSuccess: () => toast({ text: t(`safety.${text}`) }) },
    );
  return { step, change };
}

function Refused({ error }: { error: unknown }) {
  const textOf = useErrorText();
  return error === null ? null : <Alert role="alert">{textOf(error)}</Alert>;
}

function Send({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const { step, change } = useStep(report);
  return (
    <div className={styles.step}>
      <Button size="lg" leftSection={<Icon name="upload" size={18} />} loading={change.isPending} onClick={() => step({ state: "submitted" }, "sent")}>
        {t("safety.send")}
      </Button>
      <p className={styles.soft}>{t("safety.send_hint")}</p>
      <Refused error={change.error} />
    </div>
  );
}

function Receive({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const [number, setNumber] = useState("");
  const { step, change } = useStep(report);
  return (
    <div className={styles.step}>
      <TextInput
        size="md"
        label={model.fieldLabel("safety_report", "safety_number")}
        maxLength={60}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button
        size="lg"
        leftSection={<Icon name="check" size={18} />}
        loading={change.isPending}
        onClick={() => step({ state: "received", safety_number: number.trim() || null }, "received")}
      >
        {t("safety.receive")}
      </Button>
      <Refused error={change.error} />
    </div>
  );
}

/** Whoever wrote the words says why they tell of no event; the report goes to those who decide. */
function NoEvent({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const { step, change } = useStep(report);
  const reason = useReason();
  return (
    <details className={styles.history}>
      <summary>{t("safety.no_event")}</summary>
      <div className={styles.form}>
        <p className={styles.soft}>{t("safety.no_event_hint")}</p>
        <Reason label={model.fieldLabel("safety_report", "no_event_reason")} reason={reason} />
        <div className={styles.step}>
          <Button
            variant="default"
            size="lg"
            loading={change.isPending}
            onClick={() => reason.check() && step({ state: "submitted", no_event_reason: reason.text.trim() }, "sent")}
          >
            {t("safety.no_event_send")}
          </Button>
        </div>
        <Refused error={change.error} />
      </div>
    </details>
  );
}

/** A report that nobody needs to send: the safety department closes it and says why. */
function CloseUnsent({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  return (
    <details className={styles.history}>
      <summary>{t("safety.close_unsent")}</summary>
      <div className={styles.form}>
        <p className={styles.soft}>{t("safety.close_unsent_hint")}</p>
        <Close report={report} outcomes={["no_event", "duplicate"]} needsReason />
      </div>
    </details>
  );
}

interface Reasoning {
  text: string;
  error: string | undefined;
  write: (text: string) => void;
  /** Whether there is a reason; if not, it is asked for. */
  check: () => boolean;
}

function useReason(): Reasoning {
  const { t } = useTranslation();
  const [text, write] = useState("");
  const [checked, setChecked] = useState(false);
  const isMissing = text.trim() === "";
  const check = () => {
    setChecked(true);
    return !isMissing;
  };
  return { text, error: checked && isMissing ? t("safety.reason_needed") : undefined, write, check };
}

function Reason({ label, reason }: { label: string; reason: Reasoning }) {
  return (
    <Textarea
      size="md"
      rows={2}
      maxLength={1000}
      label={label}
      value={reason.text}
      onChange={(event) => reason.write(event.currentTarget.value)}
      error={reason.error}
    />
  );
}

interface CloseProps {
  report: AnyRecord;
  /** Which of the outcomes may be chosen; all of them where nothing is said. */
  outcomes?: string[];
  needsReason?: boolean;
}

function Close({ report, outcomes, needsReason = false }: CloseProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [outcome, setOutcome] = useState(typeof report["outcome"] === "string" ? report["outcome"] : "");
  const { step, change } = useStep(report);
  const reason = useReason();
  const choices = model.choices("safety_report", "outcome").filter(({ code }) => outcomes?.includes(code) ?? true);
  const mustSay = needsReason || outcome === "no_event";
  const close = () => {
    if (mustSay && !reason.check()) return;
    step({ state: "closed", outcome, ...(reason.text.trim() === "" ? {} : { outcome_note: reason.text.trim() }) }, "closed");
  };
  return (
    <div className={styles.form}>
      <NativeSelect
        size="md"
        label={model.fieldLabel("safety_report", "outcome")}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        data={[{ value: "", label: t("app.none") }, ...choices.map((one) => ({ value: one.code, label: model.label(one) }))]}
      />
      <Reason label={model.fieldLabel("safety_report", "outcome_note")} reason={reason} />
      <div className={styles.step}>
        <Button size="lg" loading={change.isPending} disabled={outcome === ""} onClick={close}>
          {t("safety.close")}
        </Button>
      </div>
      <Refused error={change.error} />
    </div>
  );
}
