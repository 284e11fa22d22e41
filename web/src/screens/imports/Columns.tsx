import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportPlan } from "../../api/imports";
import { useModel } from "../../api/queries";
import { inARow } from "../../lib/inARow";
import { Section } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { ColumnCard } from "./ColumnCard";
import styles from "./Columns.module.css";
import { columnName } from "./columnName";
import { fieldOf, placed, type ImportDraft, type Place } from "./draft";
import { KeyChoice } from "./KeyChoice";
import { missingFields, targetsOf } from "./targets";

export interface StepProps {
  plan: ImportPlan;
  draft: ImportDraft;
  change: (change: (before: ImportDraft) => ImportDraft) => void;
}

/** The first step: how the file is to be read, and which column goes where. */
export function Columns({ plan, draft, change }: StepProps) {
  const { t, i18n } = useTranslation();
  const model = useModel();
  const places = draft.places ?? {};
  const targets = targetsOf(model, plan.object, (field, key) => t("imports.target_by", { field, key }));
  const taken = new Map(
    plan.columns.flatMap((column) => {
      const place = places[column.number];
      return place === undefined ? [] : [[fieldOf(place.to), columnName(t, column)] as const];
    }),
  );
  const idle = plan.columns.filter(({ number }) => places[number] === undefined);
  const missing = missingFields(model, plan.object, places);
  const place = (column: number, to: Place | null) => change((before) => placed(before, column, to));
  return (
    <>
      <Section title={t("imports.form")} hint={t("imports.form_hint")}>
        <FormInputs plan={plan} draft={draft} change={change} />
      </Section>
      <Section title={t("imports.columns")} count={plan.columns.length} hint={t(`imports.map_from_${mapFrom(plan, draft)}`)}>
        <ul className={styles.columns} aria-label={t("imports.columns")}>
          {plan.columns.map((column) => (
            <ColumnCard
              key={column.number}
              column={column}
              place={places[column.number] ?? null}
              targets={targets}
              taken={taken}
              onPlace={place}
            />
          ))}
        </ul>
        {idle.length > 0 && (
          <p className={styles.quiet}>
            {t("imports.idle", { count: idle.length, columns: inARow(i18n.language, idle.map((column) => columnName(t, column))) })}
          </p>
        )}
        {missing.length > 0 && (
          <p className={styles.warning} role="status">
            {t("imports.missing", { fields: inARow(i18n.language, missing) })}
          </p>
        )}
      </Section>
      <Section title={t("imports.key")}>
        <KeyChoice object={plan.object} draft={draft} change={change} />
      </Section>
    </>
  );
}

function mapFrom(plan: ImportPlan, draft: ImportDraft): "headings" | "earlier" | "none" {
  if (Object.keys(draft.places ?? {}).length === 0) return "none";
  return plan.map_from === "earlier" ? "earlier" : "headings";
}

const encodings = ["UTF-8", "UTF-16LE", "UTF-16BE", "Shift_JIS", "EUC-JP", "GB18030", "Big5", "windows-1252"];
const delimiters = [",", "tab", ";", "|"] as const;

/** What was found out of the file, and the way to overrule it: the samples below change at once. */
function FormInputs({ plan, draft, change }: StepProps) {
  const { t } = useTranslation();
  const toast = useToast();
  // Columns that are cut another way are other columns: what was settled for the former ones goes, and comes back by undo.
  const reform = (form: Partial<ImportDraft["form"]>) => {
    const before = draft;
    change((now) => ({ ...now, form: { ...now.form, ...form }, places: null, key: [], corrections: {}, skip_lines: [] }));
    const hadWork = Object.keys(before.corrections).length + before.skip_lines.length > 0;
    toast({ text: t(hadWork ? "imports.form_changed_work" : "imports.form_changed"), undo: () => change(() => before) });
  };
  const known = encodings.includes(plan.encoding) ? encodings : [plan.encoding, ...encodings];
  const found = draft.form.encoding === null ? t("imports.detected", { percent: plan.confidence }) : t("imports.chosen");
  return (
    <div className={styles.form}>
      <NativeSelect
        size="md"
        label={t("imports.encoding")}
        description={found}
        value={plan.encoding}
        data={known.map((name) => ({ value: name, label: encodingLabel(name) }))}
        onChange={(event) => reform({ encoding: event.currentTarget.value })}
      />
      <NativeSelect
        size="md"
        label={t("imports.delimiter")}
        description={draft.form.delimiter === null ? t("imports.found_out") : t("imports.chosen")}
        value={plan.delimiter}
        data={delimiters.map((one) => ({ value: one, label: t(`imports.delimiter_${delimiterNames[one]}`) }))}
        onChange={(event) => reform({ delimiter: event.currentTarget.value })}
      />
      <NativeSelect
        size="md"
        label={t("imports.header")}
        description={draft.form.header === null ? t("imports.found_out") : t("imports.chosen")}
        value={String(plan.header)}
        data={[
          { value: "true", label: t("imports.header_yes") },
          { value: "false", label: t("imports.header_no") },
        ]}
        onChange={(event) => reform({ header: event.currentTarget.value === "true" })}
      />
    </div>
  );
}

const delimiterNames = { ",": "comma", tab: "tab", ";": "semicolon", "|": "bar" } as const;

/** With the name that people in offices know. */
const encodingLabel = (name: string): string => (name === "Shift_JIS" ? "Shift_JIS (CP932)" : name);
