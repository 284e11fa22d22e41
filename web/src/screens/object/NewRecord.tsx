import { Alert } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { NothingHere } from "../../app/ScreenError";
import type { Field, Model } from "../../api/model";
import { ApiProblem } from "../../api/problem";
import { useMe, useModel } from "../../api/queries";
import { keepFiles } from "../../api/files";
import { recordQuery, useCreateRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { randomId } from "../../lib/ids";
import { recordAddress } from "../../lib/recordAddress";
import { FieldInput } from "../../record/FieldInput";
import { brokenFields, changesOf, draftOf, isEditable, type FieldDraft } from "../../record/fieldDraft";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { BackLink, Page } from "../../ui/Page";
import { CardSkeletons, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { dropNew, keepNew, recallNew } from "./newDraft";
import styles from "./ObjectPages.module.css";

const route = getRouteApi("/app/o/$object/new");

/** A new record of any object: what is required first, then the groups of its layout. */
export function NewRecord() {
  const { t } = useTranslation();
  const { object } = route.useParams();
  const given = route.useSearch();
  const model = useModel();
  const start = useStart(model, object, given);
  if (!model.mayCreate(object)) return <NothingHere />;
  return (
    <Page
      title={t("object.new_of", { what: model.objectLabel(object) })}
      width="text"
      back={
        <BackLink to="/o/$object" params={{ object }}>
          {model.pluralLabel(object)}
        </BackLink>
      }
    >
      {start === null ? <CardSkeletons count={2} height={180} /> : <NewForm key={object} object={object} start={start} />}
    </Page>
  );
}

/** The record as the address begins it, with the titles of what it refers to; null until these are known. */
function useStart(model: Model, object: string, given: Record<string, string>): AnyRecord | null {
  const me = useMe();
  const fields = (model.object(object)?.fields ?? []).filter(isEditable);
  const values: Record<string, unknown> = {};
  for (const field of fields) values[field.name] = given[field.name] ?? startValue(field, me.id);
  // What a draft on this device refers to is named too.
  const kept = useState(() => recallNew(me.id, object))[0];
  const idOf = ({ name }: Field) => kept[name] ?? values[name];
  const known = fields.filter((field) => field.type === "reference" && typeof idOf(field) === "string" && idOf(field) !== "");
  const found = useQueries({ queries: known.map((field) => recordQuery(field.reference ?? "", String(idOf(field)))) });
  if (found.some((one) => one.isPending)) return null;
  const expanded: Record<string, AnyRecord | undefined> = Object.fromEntries(known.map((field, index) => [field.name, found[index]?.data]));
  return { ...values, id: "", expanded };
}

/** What the server would fill in anyway: shown, so that the person can change it. */
function startValue(field: Field, me: string): unknown {
  const value = field.default;
  if (value === "me") return me;
  return value === undefined || value === "now" ? null : value;
}

/** The groups of the form: what is required on its own, first. */
function groupsOf(model: Model, object: string, values: Record<string, unknown>): { title: string; fields: Field[] }[] {
  const all = (model.object(object)?.fields ?? []).filter(isEditable);
  const required = all.filter((field) => field.required === true && model.isAsked(object, field.name, values));
  const rest = model.formSections(object, values).map((section) => ({
    title: model.label(section),
    fields: model.sectionFields(object, section).filter((field) => isEditable(field) && field.required !== true),
  }));
  return [{ title: "", fields: required }, ...rest].filter((group) => group.fields.length > 0);
}

function NewForm({ object, start }: { object: string; start: AnyRecord }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const me = useMe();
  const model = useModel();
  const navigate = route.useNavigate();
  const create = useCreateRecord(object);
  const form = useRef<HTMLFormElement>(null);
  const [key, setKey] = useState(randomId);
  const fields = (model.object(object)?.fields ?? []).filter(isEditable);
  const [draft, setDraft] = useState<FieldDraft>(() => ({ ...draftOf(fields, start), ...recallNew(me.id, object) }));
  const [files, setFiles] = useState<Record<string, File>>({});
  const [isSending, setSending] = useState(false);
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const values = changesOf(fields, draft, { id: "" });
  const groups = groupsOf(model, object, values);
  const shown = groups.flatMap((group) => group.fields);
  const saidAtField = problem !== null && shown.some((field) => problem.at(`/${field.name}`) !== undefined);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [create.error]);

  const change = (name: string, value: string | string[]) => {
    const next = { ...draft, [name]: value };
    setDraft(next);
    keepNew(me.id, object, next);
  };
  const chooseFile = (field: string, file: File | null) =>
    setFiles(({ [field]: _, ...others }) => (file === null ? others : { ...others, [field]: file }));
  // The record is there by then: a file that does not arrive is said, and can be added to it.
  const sendFiles = async (record: AnyRecord) => {
    setSending(true);
    const failed = await keepFiles(object, record.id, files);
    setSending(false);
    if (failed.length === 0) toast({ text: t("object.created", { what: record.title ?? "" }) });
    else toast({ text: t("object.created_without", { what: record.title ?? "", files: failed.join(", ") }), tone: "bad" });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (brokenFields(shown, draft).length > 0 || create.isPending || isSending) return;
    create.mutate(
      { key, values },
      {
        onSuccess: async (record) => {
          dropNew(me.id, object);
          await sendFiles(record);
          void navigate({ to: recordAddress(object, record.id) as "/", replace: true });
        },
        // What was refused may be sent again after a correction: that is another request.
        onError: () => setKey(randomId()),
      },
    );
  };
  const discard = () => {
    dropNew(me.id, object);
    setDraft(draftOf(fields, start));
  };
  return (
    <form ref={form} className={forms.form} onSubmit={save} noValidate>
      {create.error !== null && <Alert role="alert">{saidAtField ? t("record.check_fields") : textOf(create.error)}</Alert>}
      {groups.map((group) => (
        <section key={group.title} className={styles.section} aria-label={group.title || t("object.required")}>
          <h2>{group.title || t("object.required")}</h2>
          {group.fields.map((field) => (
            <FieldInput
              key={field.name}
              object={object}
              field={field}
              record={start}
              value={draft[field.name] ?? ""}
              onChange={(value) => change(field.name, value)}
              error={problem?.at(`/${field.name}`)}
              {...(field.type === "file" && {
                waiting: { file: files[field.name] ?? null, onChoose: (file: File | null) => chooseFile(field.name, file) },
              })}
            />
          ))}
        </section>
      ))}
      <FormActions busy={create.isPending || isSending} cancel={discard} cancelLabel={t("object.discard")} />
    </form>
  );
}
