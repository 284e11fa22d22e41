import { Alert } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Model } from "../api/model";
import { ApiProblem } from "../api/problem";
import { useModel } from "../api/queries";
import { useChangeRecord, useCreateRecord, useDeleteRecord } from "../api/records";
import type { AnyRecord } from "../api/shapes";
import { randomId } from "../lib/ids";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { FormActions } from "../ui/FormActions";
import forms from "../ui/forms.module.css";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";
import { changesOf, draftOf, isEditable, type FieldDraft } from "./fieldDraft";
import { FieldInput } from "./FieldInput";

interface RecordDialogProps {
  object: string;
  /** The record to change; null to make a new one. */
  record: AnyRecord | null;
  /** What is known already of a new one, such as whose it is: not asked for. */
  fixed: Record<string, unknown>;
  close: () => void;
  /** Called after a change, with the record's id. */
  onChanged?: (id: string) => void;
}

const nothing: AnyRecord = { id: "" };

/** Each field once that a person may fill in here. */
function onlyOnce(fields: Field[], isNew: boolean, fixed: Record<string, unknown>): Field[] {
  const first = new Map(fields.toReversed().map((field) => [field.name, field]));
  return [...new Set(fields.map((field) => field.name))]
    .map((name) => first.get(name) as Field)
    .filter((field) => isEditable(field) && !(field.name in fixed) && (isNew || field.immutable !== true));
}

/** The fields of the object's form, asked for of these values. */
const askedFields = (model: Model, object: string, values: Record<string, unknown>): Field[] =>
  model.formSections(object, values).flatMap((section) => model.sectionFields(object, section));

/** What a new record begins with on the server: what is chosen already decides what is asked for. */
const beginnings = (model: Model, object: string): Record<string, unknown> =>
  Object.fromEntries(
    (model.object(object)?.fields ?? [])
      .filter((field) => field.default !== undefined && field.default !== "me" && field.default !== "now")
      .map((field) => [field.name, field.default]),
  );

/** A record of any object, made or changed in front of the screen: its inputs follow from the model. */
export function RecordDialog({ object, record, fixed, close, onChanged }: RecordDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const create = useCreateRecord(object);
  const change = useChangeRecord(object, record?.id ?? "");
  const base = record ?? nothing;
  const isNew = record === null;
  const editable = (model.object(object)?.fields ?? []).filter(isEditable);
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(editable, base));
  const typed = { ...(isNew ? beginnings(model, object) : base), ...fixed, ...changesOf(editable, draft, base) };
  const fields = onlyOnce(askedFields(model, object, typed), isNew, fixed);
  const [key] = useState(randomId);
  const error = create.error ?? change.error;
  const problem = error instanceof ApiProblem ? error : null;
  const isSaid = problem !== null && fields.some((field) => problem.at(`/${field.name}`) !== undefined);
  const done = (saved: AnyRecord) => {
    toast({ text: t("record.saved") });
    onChanged?.(saved.id);
    close();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const changes = changesOf(fields, draft, base);
    if (record === null) create.mutate({ key, values: { ...fixed, ...changes } }, { onSuccess: done });
    else if (Object.keys(changes).length === 0) close();
    else change.mutate({ version: record.version ?? 0, change: changes }, { onSuccess: done });
  };
  const label = model.objectLabel(object);
  return (
    <Dialog title={t(record === null ? "record.new_of" : "record.edit_of", { section: label })} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {error !== null && <Alert role="alert">{isSaid ? t("record.check_fields") : textOf(error)}</Alert>}
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            object={object}
            field={field}
            record={base}
            value={draft[field.name] ?? ""}
            onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            error={problem?.at(`/${field.name}`)}
          />
        ))}
        <FormActions busy={create.isPending || change.isPending} cancel={close}>
          {record !== null && model.may(object, "delete") && (
            <DeleteButton object={object} id={record.id} close={close} onChanged={onChanged} />
          )}
        </FormActions>
      </form>
    </Dialog>
  );
}

interface DeleteButtonProps {
  object: string;
  id: string;
  close: () => void;
  onChanged: ((id: string) => void) | undefined;
}

/** No question before: the toast takes it back. */
function DeleteButton({ object, id, close, onChanged }: DeleteButtonProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const { remove, restore } = useDeleteRecord(object);
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const press = () =>
    remove.mutate(id, {
      onSuccess: () => {
        const undo = () => restore.mutate(id, { onSuccess: () => onChanged?.(id), onError });
        toast({ text: t("record.deleted"), undo });
        onChanged?.(id);
        close();
      },
      onError,
    });
  return (
    <Button variant="subtle" size="md" onClick={press} loading={remove.isPending}>
      {t("record.delete")}
    </Button>
  );
}
