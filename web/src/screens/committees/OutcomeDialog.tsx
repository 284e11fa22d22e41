import { Alert, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/committees";
import { ApiProblem } from "../../api/problem";
import { useModel } from "../../api/queries";
import { changeRecord, refreshRecord } from "../../api/records";
import { LintFindings } from "../../lint/LintFindings";
import { Dialog } from "../../ui/Dialog";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";

/** What came of a meeting, what to learn from it, and when the committee meets next. */
export function OutcomeDialog({ meeting, close }: { meeting: Meeting; close: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const { hco } = meeting;
  const known = hco.next_committee_on && hco.next_committee_on > meeting.held_on ? hco.next_committee_on : "";
  const [outcome, setOutcome] = useState(meeting.outcome ?? "");
  const [review, setReview] = useState(meeting.review ?? "");
  const [next, setNext] = useState(known);
  const [version, setVersion] = useState(meeting.version);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const problem = error instanceof ApiProblem ? error : null;

  /** The meeting first: what was recorded stays, should the next date be refused. */
  const send = async () => {
    const change = { outcome: outcome || null, review: review.trim() || null };
    const saved = await changeRecord("committee", meeting.id, { version, change });
    setVersion(saved.version ?? version);
    if (next !== known) await changeRecord("hco", hco.id, { version: hco.version, change: { next_committee_on: next || null } });
    await Promise.all([refreshRecord(client, "committee", meeting.id), refreshRecord(client, "hco", hco.id)]);
    await client.invalidateQueries({ queryKey: ["committee-board"] });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    send()
      .then(() => {
        toast({ text: t("record.saved") });
        close();
      }, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title={t("committees.record_of", { hco: hco.title })} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {error !== null && <Alert role="alert">{textOf(error)}</Alert>}
        <NativeSelect
          label={model.fieldLabel("committee", "outcome")}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          error={problem?.at("/outcome")}
          size="md"
          data={[
            { value: "", label: t("app.none") },
            ...model.choices("committee", "outcome").map((choice) => ({ value: choice.code, label: model.label(choice) })),
          ]}
        />
        <Textarea
          label={model.fieldLabel("committee", "review")}
          description={model.fieldHelp("committee", "review")}
          value={review}
          onChange={(event) => setReview(event.currentTarget.value)}
          error={problem?.at("/review")}
          maxLength={4000}
          rows={4}
          size="md"
        />
        <LintFindings field="committee.review" text={review} />
        <TextInput
          type="date"
          label={model.fieldLabel("hco", "next_committee_on")}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={problem?.at("/next_committee_on")}
          size="md"
        />
        <FormActions busy={isBusy} cancel={close} />
      </form>
    </Dialog>
  );
}
