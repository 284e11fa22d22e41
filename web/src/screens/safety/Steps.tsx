import { Alert, NativeSelect, TextInput } from "@mantine/core";
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
  if (state === "draft" && (report["owner"] === me.id || assesses)) return <Send report={report} />;
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

function Close({ report }: { report: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const [outcome, setOutcome] = useState(typeof report["outcome"] === "string" ? report["outcome"] : "");
  const { step, change } = useStep(report);
  return (
    <div className={styles.step}>
      <NativeSelect
        size="md"
        label={model.fieldLabel("safety_report", "outcome")}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        data={[
          { value: "", label: t("app.none") },
          ...model.choices("safety_report", "outcome").map((one) => ({ value: one.code, label: model.label(one) })),
        ]}
      />
      <Button size="lg" loading={change.isPending} disabled={outcome === ""} onClick={() => step({ state: "closed", outcome }, "closed")}>
        {t("safety.close")}
      </Button>
      <Refused error={change.error} />
    </div>
  );
}
