import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api/model";
import { useMe, useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { LintAbout } from "../lint/LintAbout";
import { LintFindings } from "../lint/LintFindings";
import { InstantInput } from "../ui/InstantInput";
import { JsonInput } from "../ui/JsonInput";
import { TagInput } from "../ui/TagInput";
import { ChooseMany, ChooseOne } from "../ui/Tiles";
import styles from "./FieldInput.module.css";
import { FileInput, type Waiting } from "./FileInput";
import { ReferenceSelect } from "./ReferenceSelect";

interface FieldInputProps {
  object: string;
  field: Field;
  /** The record that is edited: of a reference it holds the title. */
  record: AnyRecord;
  value: string | string[];
  onChange: (value: string | string[]) => void;
  error: string | undefined;
  /** Of a file field of a new record: the file that waits for it. */
  waiting?: Waiting | undefined;
}

/** The input that suits a field's type, with the label and the help that the model gives it. */
export function FieldInput(props: FieldInputProps) {
  const { object, field, record, value, onChange, error, waiting } = props;
  const me = useMe();
  const model = useModel();
  const label = model.nameOf(field);
  const description = model.fieldHelp(object, field.name);
  const text = typeof value === "string" ? value : "";
  const options = useOptions(object, field, text);
  const common = { label, description, error, size: "md" as const, required: field.required === true };
  const typed = {
    ...common,
    name: field.name,
    value: text,
    withAsterisk: false,
    ...(field.max_length === undefined ? {} : { maxLength: field.max_length }),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (field.type) {
    case "long_text":
      return (
        <LintedInput {...props} text={text}>
          <Textarea {...typed} rows={3} classNames={{ input: styles.growing ?? "" }} />
        </LintedInput>
      );
    case "boolean":
      return <YesOrNo {...props} label={label} value={text} />;
    case "choice":
      return <NativeSelect {...typed} data={options} />;
    case "choices":
      return (
        <ChooseMany
          legend={label}
          hint={description}
          values={Array.isArray(value) ? value : []}
          onChange={onChange}
          error={error}
          options={model.choices(object, field.name).map((one) => ({ value: one.code, label: model.label(one) }))}
        />
      );
    case "reference":
      return (
        <ReferenceSelect
          {...common}
          object={field.reference ?? ""}
          value={text}
          title={expanded(record, field.name)?.title ?? ""}
          onChange={onChange}
        />
      );
    case "tags":
      return <TagInput {...common} values={Array.isArray(value) ? value : []} onChange={onChange} />;
    case "instant":
      return <InstantInput {...common} value={text} onChange={onChange} zone={me.zone} />;
    case "json":
      return <JsonInput {...common} value={text} onChange={onChange} />;
    case "file":
      return <FileInput {...common} object={object} record={record.id} value={text} onChange={onChange} waiting={waiting} />;
    default:
      return (
        <LintedInput {...props} text={text}>
          <TextInput {...typed} {...keyboards[field.type]} />
        </LintedInput>
      );
  }
}

const keyboards: Record<string, { type?: string; inputMode?: "numeric" | "decimal"; autoComplete?: string }> = {
  date: { type: "date" },
  integer: { inputMode: "numeric" },
  decimal: { inputMode: "decimal" },
  // The person whose address this is does not sit at the device: nothing to fill in by itself.
  email: { type: "email", autoComplete: "off" },
  phone: { type: "tel", autoComplete: "off" },
  url: { type: "url", autoComplete: "off" },
};

/** What can be chosen now, and what was chosen before it was retired. */
function useOptions(object: string, field: Field, value: string): { value: string; label: string }[] {
  const { t } = useTranslation();
  const model = useModel();
  const options = model.choices(object, field.name).map((one) => ({ value: one.code, label: model.label(one) }));
  if (field.type === "choice" && value !== "" && !options.some((option) => option.value === value)) {
    options.push({ value, label: model.choiceLabel(object, field.name, value) });
  }
  return field.required === true && value !== "" ? options : [{ value: "", label: t("app.none") }, ...options];
}

function YesOrNo({ field, record, label, value, onChange, error }: FieldInputProps & { label: string; value: string }) {
  const { t } = useTranslation();
  const known = [
    { value: "true", label: t("app.yes") },
    { value: "false", label: t("app.no") },
  ];
  const canBeEmpty = field.required !== true && typeof record[field.name] !== "boolean";
  return (
    <ChooseOne
      legend={label}
      name={field.name}
      value={value}
      onChange={onChange}
      error={error}
      options={canBeEmpty ? [{ value: "", label: t("app.none") }, ...known] : known}
    />
  );
}

/** What is found in the text, where the definition has it checked. */
function LintedInput({ object, field, record, text, children }: FieldInputProps & { text: string; children: ReactNode }) {
  if (field.lint === undefined) return children;
  const idOf = (name: string) => (object === name ? record.id : typeof record[name] === "string" ? record[name] : undefined);
  return (
    <LintAbout value={{ hcp: idOf("hcp"), hco: idOf("hco"), visit: idOf("visit") }}>
      <div>
        {children}
        <LintFindings field={`${object}.${field.name}`} text={text} />
      </div>
    </LintAbout>
  );
}
