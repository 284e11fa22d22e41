import { Alert } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Model } from "../../api/model";
import { ApiProblem } from "../../api/problem";
import { useModel } from "../../api/queries";
import { useCreateRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { randomId } from "../../lib/ids";
import { changesOf, draftOf, isEditable, type FieldDraft } from "../../record/fieldDraft";
import { FieldInput } from "../../record/FieldInput";
import { Button } from "../../ui/Button";
import { useErrorText } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import { useToast } from "../../ui/Toasts";
import { reportKinds } from "./start";
import styles from "./Safety.module.css";

/** In the order in which a person tells it; what the layout does not ask of this kind is left out. */
const asked = [
  "situations", "event", "product", "product_name", "complaint", "lot", "expiry", "retained", "harm", "patient_age", "patient_sex",
  "hcp", "reporter_kind", "seriousness", "aware_at", "market", "contact_allowed",
];
/** Where they came from is not typed. */
const carried = ["visit", "follows", "quote", "source_field", "source_start", "source_end", "hco"];
/** A tap each: these have few choices. */
const tapped = ["patient_age", "patient_sex", "reporter_kind", "harm", "complaint"];

function fieldsFor(model: Model, values: Record<string, unknown>): Field[] {
  const inForm = new Set(model.formSections("safety_report", values).flatMap(({ fields }) => fields));
  const all = model.object("safety_report")?.fields ?? [];
  return asked.flatMap((name) => all.filter((field) => field.name === name && isEditable(field) && inForm.has(name)));
}

/** The whole report on one page: sent with what is known, because time counts more than completeness. */
export function ReportForm({ begun }: { begun: AnyRecord }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const model = useModel();
  const navigate = useNavigate();
  const create = useCreateRecord("safety_report");
  const form = useRef<HTMLFormElement>(null);
  const [key, setKey] = useState(randomId);
  const all = (model.object("safety_report")?.fields ?? []).filter((field) => asked.includes(field.name) && isEditable(field));
  const [kind, setKind] = useState(String(begun["kind"]));
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(all, begun));
  const typed = changesOf(all, draft, { id: "" } as AnyRecord);
  const fields = fieldsFor(model, { ...typed, kind });
  const problem = create.error instanceof ApiProblem ? create.error : null;

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [create.error]);

  const send = (state: "draft" | "submitted") => {
    if (create.isPending) return;
    const shown = new Set(fields.map(({ name }) => name));
    const values = Object.fromEntries(Object.entries(typed).filter(([name]) => shown.has(name)));
    const source = Object.fromEntries(carried.flatMap((name) => (begun[name] == null ? [] : [[name, begun[name]]])));
    create.mutate(
      { key, values: { ...source, ...values, kind, state } },
      {
        onSuccess: ({ id }) => {
          toast({ text: t(state === "draft" ? "safety.kept" : "safety.sent") });
          void navigate({ to: "/safety/$id", params: { id }, replace: true });
        },
        onError: () => setKey(randomId()),
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send("submitted");
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <ChooseOne
        legend={model.fieldLabel("safety_report", "kind")}
        name="kind"
        value={kind}
        onChange={setKind}
        error={problem?.at("/kind")}
        options={reportKinds.map((code) => ({ value: code, label: model.choiceLabel("safety_report", "kind", code) }))}
      />
      {typeof begun["quote"] === "string" && (
        <figure className={styles.quote}>
          <figcaption>{model.fieldLabel("safety_report", "quote")}</figcaption>
          <blockquote>{begun["quote"]}</blockquote>
        </figure>
      )}
      {fields.map((field) => (
        <Asked
          key={field.name}
          field={field}
          record={begun}
          value={draft[field.name] ?? ""}
          onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
          error={problem?.at(`/${field.name}`)}
        />
      ))}
      {create.error !== null && <Alert role="alert">{textOf(create.error)}</Alert>}
      <div className={styles.bar}>
        <Button type="submit" size="lg" loading={create.isPending}>
          {t("safety.send")}
        </Button>
        <Button variant="default" size="lg" onClick={() => send("draft")} disabled={create.isPending}>
          {t("safety.keep")}
        </Button>
        <p className={styles.soft}>{t("safety.send_hint")}</p>
      </div>
    </form>
  );
}

interface AskedProps {
  field: Field;
  record: AnyRecord;
  value: string | string[];
  onChange: (value: string | string[]) => void;
  error: string | undefined;
}

function Asked(props: AskedProps) {
  const { field, value, onChange, error } = props;
  const model = useModel();
  if (!tapped.includes(field.name)) return <FieldInput {...props} object="safety_report" />;
  return (
    <ChooseOne
      legend={model.nameOf(field)}
      hint={model.fieldHelp("safety_report", field.name)}
      name={field.name}
      value={typeof value === "string" ? value : null}
      onChange={onChange}
      error={error}
      options={model.choices("safety_report", field.name).map((one) => ({ value: one.code, label: model.label(one) }))}
    />
  );
}
