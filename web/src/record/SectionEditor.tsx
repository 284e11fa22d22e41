import { Alert, Button } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useChangeRecord } from "../api/records";
import type { Field } from "../api/model";
import { ApiProblem } from "../api/problem";
import type { AnyRecord } from "../api/shapes";
import forms from "../ui/forms.module.css";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";
import { brokenFields, changedBetween, changesOf, draftOf, isEditable, type FieldDraft } from "./fieldDraft";
import { FieldInput } from "./FieldInput";
import { FieldLine } from "./RecordFields";
import styles from "./RecordFields.module.css";

interface SectionEditorProps {
  object: string;
  fields: Field[];
  /** The record as the page knows it now; the editor keeps the one that it began with. */
  record: AnyRecord;
  close: () => void;
}

/** One section's fields, changed in place; only what the person changed is sent. */
export function SectionEditor({ object, fields, record, close }: SectionEditorProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { id } = record;
  const change = useChangeRecord(object, id);
  const form = useRef<HTMLFormElement>(null);
  const [base, setBase] = useState(record);
  const editable = fields.filter(isEditable);
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(editable, record));
  const problem = change.error instanceof ApiProblem ? change.error : null;
  const present = problem?.status === 412 ? (problem.present as AnyRecord | undefined) : undefined;

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);

  const send = (changes: Record<string, unknown>, version: number) =>
    change.mutate(
      { version, change: changes },
      {
        onSuccess: () => {
          toast({ text: t("record.saved") });
          close();
        },
      },
    );
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (brokenFields(editable, draft).length > 0) return;
    const changes = changesOf(editable, draft, base);
    if (Object.keys(changes).length === 0) return close();
    send(changes, base.version ?? 0);
  };
  /** The other person's changes stay where this person changed nothing. */
  const saveUpon = (newest: AnyRecord) => {
    const changes = changesOf(editable, draft, base);
    const mine = Object.fromEntries(Object.keys(changes).map((name) => [name, draft[name] ?? ""]));
    setBase(newest);
    setDraft({ ...draftOf(editable, newest), ...mine });
    send(changes, newest.version ?? 0);
  };
  return (
    <form ref={form} className={forms.form} onSubmit={save} noValidate>
      {present && (
        <Stale
          object={object}
          fields={changedBetween(fields, base, present)}
          // Once the page has read the newest record again, it also knows the names behind its references.
          present={(record.version ?? 0) >= (present.version ?? 0) ? record : present}
          keep={() => saveUpon(present)}
          take={close}
          busy={change.isPending}
        />
      )}
      <General problem={present ? null : change.error} fields={editable} />
      {fields.map((field) =>
        isEditable(field) ? (
          <FieldInput
            key={field.name}
            object={object}
            field={field}
            record={base}
            value={draft[field.name] ?? ""}
            onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            error={problem?.at(`/${field.name}`)}
          />
        ) : (
          <dl key={field.name}>
            <FieldLine object={object} field={field} record={base} />
          </dl>
        ),
      )}
      {!present && (
        <div className={forms.actions}>
          <Button type="submit" size="md" loading={change.isPending}>
            {t("app.save")}
          </Button>
          <Button variant="default" size="md" onClick={close}>
            {t("app.cancel")}
          </Button>
        </div>
      )}
    </form>
  );
}

/** What went wrong, where no field of this section says it already. */
function General({ problem, fields }: { problem: unknown; fields: Field[] }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (problem === null) return null;
  const said = problem instanceof ApiProblem && fields.some((field) => problem.at(`/${field.name}`) !== undefined);
  return <Alert role="alert">{said ? t("record.check_fields") : textOf(problem)}</Alert>;
}

interface StaleProps {
  object: string;
  fields: Field[];
  present: AnyRecord;
  keep: () => void;
  take: () => void;
  busy: boolean;
}

/** Somebody else was faster: what they changed, and the choice that only the person can make. */
function Stale({ object, fields, present, keep, take, busy }: StaleProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className={styles.stale} role="alert" tabIndex={-1}>
      <p className={styles.staleTitle}>{t("record.stale")}</p>
      <p>{t(fields.length === 0 ? "record.stale_elsewhere" : "record.stale_here")}</p>
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <FieldLine key={field.name} object={object} field={field} record={present} />
          ))}
        </dl>
      )}
      <div className={forms.actions}>
        <Button size="md" onClick={keep} loading={busy}>
          {t("record.stale_keep")}
        </Button>
        <Button variant="default" size="md" onClick={take}>
          {t("record.stale_take")}
        </Button>
      </div>
    </div>
  );
}
