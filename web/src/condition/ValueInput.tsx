import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { titlesQuery } from "../api/records";
import { today } from "../lib/dates";
import { ReferenceSelect } from "../record/ReferenceSelect";
import { Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { TemperatureShape } from "../ui/Temperature";
import { ChooseMany } from "../ui/Tiles";
import styles from "./Condition.module.css";
import { dayWords, me as theReader, questions, type QuestionName, type Value } from "./questions";
import type { PathField } from "./schema";

interface ValueInputProps {
  field: PathField;
  question: QuestionName;
  value: Value;
  onChange: (value: Value) => void;
}

/** What a question is compared with, entered in the manner of its field. */
export function ValueInput({ field, question, value, onChange }: ValueInputProps) {
  const { t } = useTranslation();
  const label = t("condition.value");
  switch (questions[question].entry) {
    case "nothing":
      return null;
    case "codes":
      return <Codes field={field} value={listOf(value)} onChange={onChange} />;
    case "records":
      return <Records field={field} value={listOf(value)} onChange={onChange} />;
    case "texts":
      return <Texts value={listOf(value)} onChange={onChange} />;
    case "text":
      return (
        <TextInput
          size="md"
          aria-label={label}
          description={t("condition.case_help")}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return <Amount label={label} value={value} onChange={onChange} />;
    case "count":
      return <Amount label={t("condition.days_unit")} value={value} onChange={onChange} days />;
    case "numbers":
      return <Pair value={value} onChange={onChange} input={Amount} />;
    case "day":
      return <DayInput label={label} value={value} onChange={onChange} />;
    case "days":
      return <Pair value={value} onChange={onChange} input={DayInput} />;
  }
}

const listOf = (value: Value): string[] => (Array.isArray(value) ? value.map(String) : []);

interface OneProps {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
}

function Amount({ label, value, onChange, days = false }: OneProps & { days?: boolean }) {
  return (
    <TextInput
      type="number"
      size="md"
      aria-label={label}
      className={styles.amount}
      value={typeof value === "number" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
      {...(days
        ? { min: 1, step: 1, rightSection: <span className={styles.unit}>{label}</span>, rightSectionWidth: 56 }
        : { step: "any" })}
    />
  );
}

function DayInput({ label, value, onChange }: OneProps) {
  const { t } = useTranslation();
  const me = useMe();
  const word = dayWords.find((one) => one === value);
  const options = [...dayWords.map((one) => ({ value: one, label: t(`condition.day.${one}`) })), { value: "", label: t("condition.any_day") }];
  return (
    <div className={styles.day}>
      <NativeSelect
        size="md"
        aria-label={label}
        data={options}
        value={word ?? ""}
        onChange={(event) => onChange(event.currentTarget.value || today(me.zone))}
      />
      {word === undefined && (
        <TextInput
          size="md"
          type="date"
          aria-label={t("condition.any_day")}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

function Pair({ value, onChange, input: Input }: Omit<OneProps, "label"> & { input: (props: OneProps) => ReactNode }) {
  const { t } = useTranslation();
  const [from = null, to = null] = Array.isArray(value) ? value : [];
  return (
    <div className={styles.pair}>
      <Input label={t("condition.from")} value={from} onChange={(entered) => onChange([entered, to] as string[])} />
      <Input label={t("condition.to")} value={to} onChange={(entered) => onChange([from, entered] as string[])} />
    </div>
  );
}

interface ListProps {
  value: string[];
  onChange: (value: string[]) => void;
}

const separators = /[,、，\n]/;

function Texts({ value, onChange }: ListProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value.join(", "));
  return (
    <TextInput
      size="md"
      aria-label={t("condition.value")}
      description={t("condition.texts_help")}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange([...new Set(event.currentTarget.value.split(separators).map((one) => one.trim()).filter(Boolean))]);
      }}
    />
  );
}

const mostTiles = 12;

/** Choices as tiles where there are few, found by letters where there are many; tags have no list to choose from. */
function Codes({ field, value, onChange }: ListProps & { field: PathField }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  if (field.choices.length === 0) return <Texts value={value} onChange={onChange} />;
  const options = field.choices.map((choice) => ({
    value: choice.code,
    label: field.labelOf(choice.code),
    ...(field.field?.name.startsWith("temperature")
      ? { icon: <TemperatureShape code={choice.code} size={16} />, temperature: choice.code }
      : {}),
  }));
  const long = options.length > mostTiles;
  const letters = typed.trim().toLowerCase();
  const shown = options.filter(({ value: code, label }) => !long || value.includes(code) || (letters !== "" && label.toLowerCase().includes(letters)));
  return (
    <div className={styles.codes}>
      {long && (
        <TextInput
          size="md"
          type="search"
          aria-label={t("condition.choose_record")}
          placeholder={t("condition.choose_record")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <ChooseMany legend={t("condition.value")} hiddenLegend values={value} onChange={onChange} options={shown} />
    </div>
  );
}

function Records({ field, value, onChange }: ListProps & { field: PathField }) {
  const { t } = useTranslation();
  const target = field.target ?? "";
  const known = value.filter((id) => id !== theReader);
  const asked = useMemo(() => (known.length === 0 ? {} : { [target]: [...known].sort() }), [known.join(), target]);
  const titles = useQuery(titlesQuery(asked)).data ?? {};
  const nameOf = (id: string) => (id === theReader ? t("condition.me") : (titles[id] ?? t("condition.someone")));
  const add = (id: string) => id !== "" && !value.includes(id) && onChange([...value, id]);
  return (
    <div className={styles.records}>
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label={t("condition.chosen")}>
          {value.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={styles.chosenOne}
                onClick={() => onChange(value.filter((one) => one !== id))}
                aria-label={t("condition.remove_chosen", { what: nameOf(id) })}
              >
                {nameOf(id)}
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.find}>
        <ReferenceSelect
          // A new one after each choice, so that the next is searched for from the beginning.
          key={value.length}
          label={t("condition.value")}
          hiddenLabel
          description={undefined}
          error={undefined}
          required={false}
          object={target}
          value=""
          title=""
          onChange={add}
        />
        {target === "user" && !value.includes(theReader) && (
          <Button variant="default" size="md" onClick={() => add(theReader)}>
            {t("condition.add_me")}
          </Button>
        )}
      </div>
    </div>
  );
}
