import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Field } from "../../../api/model";
import { useModel } from "../../../api/queries";
import { fullLabel } from "../../../condition/schema";
import { useSchema } from "../../../condition/useReading";
import { Icon } from "../../../ui/icons";
import styles from "../Studio.module.css";
import { isMe, pathOf, type Source } from "./rule";

interface ValuesEditorProps {
  /** The object on whose record the rule acts. */
  object: string;
  /** Whose fields get values. */
  target: string;
  values: Record<string, Source>;
  onChange: (values: Record<string, Source>) => void;
  error: string | undefined;
}

/** Fields and what they are set to: a value, or what a field of the record holds. */
export function ValuesEditor({ object, target, values, onChange, error }: ValuesEditorProps) {
  const { t } = useTranslation();
  const model = useModel();
  const fields = model.object(target)?.fields ?? [];
  const free = fields.filter(({ name }) => !(name in values));
  const without = (name: string) => Object.fromEntries(Object.entries(values).filter(([one]) => one !== name));
  return (
    <div className={styles.texts}>
      {Object.entries(values).map(([name, source]) => {
        const field = fields.find((one) => one.name === name);
        const label = model.fieldLabel(target, name);
        return (
          <div key={name} className={styles.value}>
            <ValueSource label={label} object={object} target={target} field={field} source={source} onChange={(next) => onChange({ ...values, [name]: next })} />
            <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: label })} onClick={() => onChange(without(name))}>
              <Icon name="close" />
            </ActionIcon>
          </div>
        );
      })}
      <NativeSelect
        size="md"
        label={t("studio.rules.also_set")}
        error={error}
        value=""
        onChange={({ currentTarget }) => onChange({ ...values, [currentTarget.value]: null })}
        data={[{ value: "", label: t("studio.add_one") }, ...free.map(({ name }) => ({ value: name, label: model.fieldLabel(target, name) }))]}
      />
    </div>
  );
}

interface ValueSourceProps {
  label: string;
  object: string;
  target: string;
  field: Field | undefined;
  source: Source;
  onChange: (source: Source) => void;
}

const words = ["today", "now", "me"] as const;
const constant = "\u0000constant";

function ValueSource({ label, object, target, field, source, onChange }: ValueSourceProps) {
  const { t } = useTranslation();
  const schema = useSchema();
  const model = useModel();
  const path = pathOf(source);
  const word = words.find((one) => typeof source === "object" && source !== null && one in source);
  const kind = path ?? (isMe(source) ? "\u0000me" : word === undefined ? constant : `\u0000${word}`);
  const choose = (value: string) => {
    if (value === constant) return onChange(null);
    onChange(value.startsWith("\u0000") ? { [value.slice(1)]: [] } : { var: value });
  };
  const referred = schema.referredFields(object).flatMap(({ fields }) => fields);
  const paths = [...schema.fields(object), ...referred];
  const choices = field === undefined ? [] : model.choices(target, field.name);
  const text = source === null || source === undefined ? "" : String(source);
  return (
    <div className={styles.pair}>
      <NativeSelect
        size="md"
        label={label}
        value={kind}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={[
          { value: constant, label: t("studio.rules.constant") },
          ...words.map((one) => ({ value: `\u0000${one}`, label: t(`studio.rules.word_${one}`) })),
          { value: "id", label: t("studio.rules.set_self") },
          ...(path !== null && path !== "id" && !paths.some((one) => one.path === path) ? [{ value: path, label: path }] : []),
          ...paths.map((one) => ({ value: one.path, label: fullLabel(one) })),
        ]}
      />
      {kind === constant &&
        (choices.length > 0 ? (
          <NativeSelect
            size="md"
            label={t("studio.rules.value_of", { field: label })}
            value={text}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
            data={[{ value: "", label: t("studio.choose") }, ...choices.map((choice) => ({ value: choice.code, label: model.label(choice) }))]}
          />
        ) : (
          <TextInput
            size="md"
            label={t("studio.rules.value_of", { field: label })}
            value={text}
            onChange={({ currentTarget }) => onChange(typed(currentTarget.value, field?.type))}
          />
        ))}
    </div>
  );
}

function typed(text: string, type: string | undefined): Source {
  if (text === "") return null;
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  const number = Number(text);
  return (type === "integer" || type === "decimal") && !Number.isNaN(number) ? number : text;
}
