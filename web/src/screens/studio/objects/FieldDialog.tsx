import { NativeSelect, Switch, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { itemName, nameFrom, textFor, tidy, tidyTexts, type DefinedChoice, type DefinedField, type ObjectBody } from "../design/body";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import styles from "../Studio.module.css";
import { ChoicesEditor } from "./ChoicesEditor";
import { allows, fieldTypes, useTypeWord } from "./types";

interface FieldDialogProps {
  body: ObjectBody;
  published: ObjectBody | null;
  /** undefined: a new one. */
  field: DefinedField | undefined;
  change: (body: ObjectBody) => void;
  close: () => void;
}

const nowhere = "";

/** One field: what it is called, what it holds, and where it stands. Nothing is published by this. */
export function FieldDialog({ body, published, field, change, close }: FieldDialogProps) {
  const { t, i18n } = useTranslation();
  const model = useModel();
  const typeWord = useTypeWord();
  const index = field === undefined ? body.fields.length : body.fields.indexOf(field);
  const problemAt = useProblemAt("objects", body.object);
  const wrong = (member: string) => problemAt(`/fields/${index}/${member}`);
  const sections = body.layouts?.form ?? [];
  const [draft, setDraft] = useState<DefinedField>(field ?? { name: "", type: "text", labels: {} });
  const [named, setNamed] = useState(field !== undefined);
  const [section, setSection] = useState(() => (field === undefined ? "0" : sectionOf(body, field.name)));
  const [inList, setInList] = useState(field !== undefined && (body.layouts?.list ?? []).includes(field.name));
  const isPublished = published?.fields.some(({ name }) => name === draft.name) === true && field !== undefined;
  const put = (more: Partial<DefinedField>) => setDraft({ ...draft, ...more });
  const isTaken = field === undefined && body.fields.some(({ name }) => name === draft.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    change(placed(withField(body, field, clean(draft)), draft.name, section, inList));
    close();
  };
  return (
    <Dialog
      form="panel"
      title={field === undefined ? t("studio.objects.add_field") : t("studio.change_of", { what: textFor(field.labels, i18n.language, field.name) })}
      close={close}
    >
      <form className={forms.form} onSubmit={submit}>
        <TextsInput
          label={t("studio.objects.field_name")}
          required
          value={draft.labels}
          error={wrong("labels")}
          onChange={(labels) => put({ labels, ...(named ? {} : { name: nameFrom(labels.en ?? "") }) })}
        />
        <div className={styles.pair}>
          <NativeSelect
            size="md"
            label={t("studio.objects.type")}
            description={isPublished ? t("studio.objects.type_fixed") : undefined}
            disabled={isPublished}
            value={draft.type}
            error={wrong("type")}
            onChange={({ currentTarget }) => setDraft(ofType(draft, currentTarget.value))}
            data={[...new Set<string>([...fieldTypes, draft.type])].map((value) => ({ value, label: typeWord(value) }))}
          />
          <TextInput
            size="md"
            label={t("studio.objects.code")}
            description={t("studio.objects.code_hint")}
            required
            withAsterisk={false}
            readOnly={field !== undefined}
            pattern="[a-z][a-z0-9_]{0,47}"
            autoComplete="off"
            spellCheck={false}
            error={isTaken ? t("studio.objects.code_taken") : wrong("name")}
            value={draft.name}
            onChange={({ currentTarget }) => {
              setNamed(true);
              put({ name: currentTarget.value.trim() });
            }}
          />
        </div>
        {allows.reference(draft.type) && (
          <NativeSelect
            size="md"
            label={t("studio.objects.refers_to")}
            disabled={isPublished}
            value={draft.reference ?? ""}
            onChange={({ currentTarget }) => put({ reference: currentTarget.value })}
            data={model.objectNames().map((value) => ({ value, label: model.objectLabel(value) }))}
          />
        )}
        {allows.choices(draft.type) && (
          <ChoicesEditor
            object={body.object}
            field={draft}
            published={isPublished ? published?.fields.find(({ name }) => name === draft.name) : undefined}
            change={(choices) => put({ choices })}
            error={wrong("choices")}
          />
        )}
        <TextsInput
          label={t("studio.member.help")}
          hint={t("studio.objects.help_hint")}
          value={draft.help}
          error={wrong("help")}
          onChange={(help) => put({ help })}
        />
        <DefaultInput draft={draft} put={put} error={wrong("default")} />
        <div className={styles.switches}>
          <Switch
            size="md"
            label={t("studio.member.required")}
            description={t("studio.objects.required_hint")}
            error={wrong("required")}
            checked={draft.required === true}
            onChange={({ currentTarget }) => put({ required: currentTarget.checked })}
          />
          {allows.search(draft.type) && (
            <Switch
              size="md"
              label={t("studio.member.searchable")}
              error={wrong("searchable")}
              checked={draft.searchable === true}
              onChange={({ currentTarget }) => put({ searchable: currentTarget.checked })}
            />
          )}
          {allows.sort(draft.type) && (
            <Switch
              size="md"
              label={t("studio.member.indexed")}
              error={wrong("indexed")}
              checked={draft.indexed === true}
              onChange={({ currentTarget }) => put({ indexed: currentTarget.checked })}
            />
          )}
          {allows.unique(draft.type) && (
            <Switch
              size="md"
              label={t("studio.member.unique")}
              error={wrong("unique")}
              checked={draft.unique === true}
              onChange={({ currentTarget }) => put({ unique: currentTarget.checked })}
            />
          )}
          <Switch
            size="md"
            label={t("studio.objects.in_list")}
            checked={inList}
            onChange={({ currentTarget }) => setInList(currentTarget.checked)}
          />
        </div>
        {sections.length > 0 && (
          <NativeSelect
            size="md"
            label={t("studio.objects.section")}
            value={section}
            onChange={({ currentTarget }) => setSection(currentTarget.value)}
            data={[
              ...sections.map(({ labels }, at) => ({ value: String(at), label: textFor(labels, i18n.language, `${at + 1}`) })),
              { value: nowhere, label: t("studio.objects.no_section") },
            ]}
          />
        )}
        <FormActions busy={false} cancel={close} submit={t("studio.take_over")} />
      </form>
    </Dialog>
  );
}

interface DefaultInputProps {
  draft: DefinedField;
  put: (more: Partial<DefinedField>) => void;
  error: string | undefined;
}

/** What a new record has where nothing is entered. */
function DefaultInput({ draft, put, error }: DefaultInputProps) {
  const { t, i18n } = useTranslation();
  if (!allows.initial(draft.type)) return null;
  const label = t("studio.member.default");
  const description = t("studio.objects.default_hint");
  const value = draft.default === undefined || draft.default === null ? "" : String(draft.default);
  if (draft.type === "boolean" || draft.type === "choice") {
    const choices = draft.type === "boolean" ? booleans(t("app.yes"), t("app.no")) : listOf(draft).map(({ code, labels }) => ({ value: code, label: textFor(labels, i18n.language, code) }));
    return (
      <NativeSelect
        size="md"
        label={label}
        description={description}
        error={error}
        value={value}
        onChange={({ currentTarget }) => put({ default: initialOf(draft.type, currentTarget.value) })}
        data={[{ value: "", label: t("app.none") }, ...choices]}
      />
    );
  }
  return (
    <TextInput
      size="md"
      label={label}
      description={description}
      error={error}
      type={draft.type === "date" ? "date" : "text"}
      inputMode={draft.type === "integer" || draft.type === "decimal" ? "decimal" : "text"}
      value={value}
      onChange={({ currentTarget }) => put({ default: initialOf(draft.type, currentTarget.value) })}
    />
  );
}

const booleans = (yes: string, no: string) => [
  { value: "true", label: yes },
  { value: "false", label: no },
];

const listOf = ({ choices }: DefinedField): DefinedChoice[] => (Array.isArray(choices) ? choices.filter(({ retired }) => retired !== true) : []);

/** What was typed, as the type has it; what is no number stays as it is, for the server to say so. */
function initialOf(type: string, typed: string): unknown {
  if (typed === "") return undefined;
  if (type === "boolean") return typed === "true";
  const number = Number(typed);
  return (type === "integer" || type === "decimal") && !Number.isNaN(number) ? number : typed;
}

/** Another type keeps what is said of every field and loses the rest. */
function ofType(field: DefinedField, type: string): DefinedField {
  const { name, labels, help, required } = field;
  return {
    name,
    type,
    labels,
    ...(help === undefined ? {} : { help }),
    ...(required === undefined ? {} : { required }),
    ...(allows.choices(type) ? { choices: Array.isArray(field.choices) ? field.choices : [] } : {}),
    ...(allows.reference(type) ? { reference: "hcp" } : {}),
  };
}

function clean(field: DefinedField): DefinedField {
  const { help, labels, default: initial, ...rest } = field;
  const said = tidyTexts(help);
  return {
    ...tidy(rest),
    labels: tidyTexts(labels) ?? {},
    ...(said === undefined ? {} : { help: said }),
    ...(initial === undefined ? {} : { default: initial }),
  } as DefinedField;
}

function sectionOf(body: ObjectBody, name: string): string {
  const at = (body.layouts?.form ?? []).findIndex(({ fields }) => fields.some((item) => itemName(item) === name));
  return at < 0 ? nowhere : String(at);
}

function withField(body: ObjectBody, before: DefinedField | undefined, field: DefinedField): ObjectBody {
  const fields = before === undefined ? [...body.fields, field] : body.fields.map((one) => (one === before ? field : one));
  return { ...body, fields };
}

/** The field in this section of the form and no other; where it stands there already it keeps its place. */
function placed(body: ObjectBody, name: string, section: string, inList: boolean): ObjectBody {
  const form = body.layouts?.form ?? [];
  const list = body.layouts?.list ?? [];
  const present = sectionOf(body, name);
  const nextForm =
    present === section
      ? form
      : form.map((one, at) => {
          const others = one.fields.filter((item) => itemName(item) !== name);
          if (String(at) === section) return { ...one, fields: [...others, name] };
          return others.length === one.fields.length ? one : { ...one, fields: others };
        });
  const nextList = inList === list.includes(name) ? list : inList ? [...list, name] : list.filter((one) => one !== name);
  if (nextForm === form && nextList === list) return body;
  return { ...body, layouts: { ...body.layouts, form: nextForm, list: nextList } };
}
