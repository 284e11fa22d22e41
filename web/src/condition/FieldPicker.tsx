import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Combobox, type ComboboxOption } from "../ui/Combobox";
import styles from "./Condition.module.css";
import { fullLabel, type PathField, type Schema } from "./schema";

interface FieldPickerProps {
  label: string;
  object: string;
  schema: Schema;
  /** The path of the chosen field; null while none is. */
  value: string | null;
  onChange: (path: string) => void;
  /** Whether a field can be picked here at all. */
  accepts?: (field: PathField) => boolean;
  /** The list stands open, as the only thing to do. */
  open?: boolean;
  hiddenLabel?: boolean;
}

const mostShown = 60;

/** A field, found by a few letters among the object's own and those behind its references. */
export function FieldPicker({ label, object, schema, value, onChange, accepts, open = false, hiddenLabel = false }: FieldPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(open ? "" : null);
  const fields = useFields(object, schema, accepts);
  const found = useMemo(() => matching(fields, typed ?? "").map(optionOf), [fields, typed]);
  const chosen = value === null ? null : schema.find(object, value);
  return (
    <Combobox
      label={label}
      hiddenLabel={hiddenLabel}
      placeholder={t("condition.choose_field")}
      value={chosen === null ? (value ?? "") : fullLabel(chosen)}
      typed={typed}
      onTyped={setTyped}
      options={found}
      onChoose={({ key }) => {
        setTyped(open ? "" : null);
        onChange(key);
      }}
      none={t("condition.no_field")}
      standing={open}
    />
  );
}

const optionOf = (field: PathField): ComboboxOption => ({
  key: field.path,
  shown: (
    <>
      {field.through !== null && <span className={styles.through}>{field.through} › </span>}
      {field.label}
    </>
  ),
});

function useFields(object: string, schema: Schema, accepts: FieldPickerProps["accepts"]): PathField[] {
  return useMemo(() => {
    const referred = schema.referredFields(object).flatMap(({ fields }) => fields);
    const all = [...schema.fields(object), ...referred];
    return accepts === undefined ? all : all.filter(accepts);
  }, [object, schema, accepts]);
}

/** Own fields first; with letters, those of whose label a word begins with them. */
function matching(fields: PathField[], typed: string): PathField[] {
  const letters = typed.trim().toLowerCase();
  if (letters === "") return fields.slice(0, mostShown);
  const rank = (field: PathField): number => {
    const label = field.label.toLowerCase();
    if (label.startsWith(letters) || label.includes(` ${letters}`)) return field.through === null ? 0 : 2;
    if (label.includes(letters)) return field.through === null ? 1 : 3;
    return fullLabel(field).toLowerCase().includes(letters) ? 4 : 5;
  };
  return fields
    .map((field) => ({ field, rank: rank(field) }))
    .filter(({ rank: found }) => found < 5)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostShown)
    .map(({ field }) => field);
}
