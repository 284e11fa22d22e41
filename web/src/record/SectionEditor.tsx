import { Alert } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/model";
import { ApiProblem } from "../api/problem";
import { useModel } from "../api/queries";
import type { AnyRecord } from "../api/shapes";
import { FormActions } from "../ui/FormActions";
import forms from "../ui/forms.module.css";
import { useErrorText } from "../ui/parts";
import { Conflict } from "./Conflict";
import { brokenFields, changesOf, draftOf, isEditable, type FieldDraft } from "./fieldDraft";
import { FieldInput } from "./FieldInput";
import { mergeOf } from "./merge";
import { FieldLine } from "./RecordFields";
import { useSaveRecord } from "./useSaveRecord";

interface SectionEditorProps {
  object: string;
  /** Which section of the form: its place in the layout. */
  place: number;
  /** The record as the page knows it now; the editor keeps the one that it began with. */
  record: AnyRecord;
  close: () => void;
}

/** One section's fields, changed in place; only what the person changed is sent. */
export function SectionEditor({ object, place, record, close }: SectionEditorProps) {
  const model = useModel();
  const saving = useSaveRecord(object, record.id);
  const form = useRef<HTMLFormElement>(null);
  const [base, setBase] = useState(record);
  const whole = model.wholeSection(object, place);
  const all = whole ? model.sectionFields(object, whole).filter((field) => field.name in record) : [];
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(all.filter(isEditable), record));
  // What is typed may ask for more fields, or for fewer.
  const typed = { ...base, ...changesOf(all.filter(isEditable), draft, base) };
  const asked = model.formSections(object, typed).find((section) => section.place === place)?.fields ?? [];
  const fields = all.filter((field) => asked.includes(field.name));
  const editable = fields.filter(isEditable);
  const problem = saving.error instanceof ApiProblem ? saving.error : null;
  const present = problem?.status === 412 ? (problem.present as AnyRecord | undefined) : undefined;
  const changes = changesOf(editable, draft, base);
  const merge = present && mergeOf(fields, base, changes, present);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (brokenFields(editable, draft).length > 0) return;
    if (Object.keys(changes).length === 0) return close();
    saving.save({ before: base, changes, onSaved: close });
  };
  /** The other person's changes stay where this person decided nothing else. */
  const saveUpon = (newest: AnyRecord, decided: Record<string, unknown>) => {
    const mine = Object.fromEntries(Object.keys(decided).map((name) => [name, draft[name] ?? ""]));
    setBase(newest);
    setDraft({ ...draftOf(editable, newest), ...mine });
    saving.save({ before: newest, changes: decided, onSaved: close });
  };
  const cancelByKey = (event: { key: string; nativeEvent: { isComposing: boolean }; defaultPrevented: boolean }) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    // Escape throws nothing away: it closes only what was not touched.
    if (Object.keys(changes).length === 0) close();
  };
  return (
    <form ref={form} className={forms.form} onSubmit={save} onKeyDown={cancelByKey} noValidate>
      {present && merge && (
        <Conflict
          key={present.version}
          object={object}
          merge={merge}
          base={base}
          present={present}
          save={(decided) => saveUpon(present, decided)}
          take={close}
          busy={saving.isPending}
        />
      )}
      <General problem={present ? null : saving.error} fields={editable} />
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
      {!present && <FormActions busy={saving.isPending} cancel={close} />}
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
