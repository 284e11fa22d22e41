import { TextInput } from "@mantine/core";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
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
  const list = useId();
  const [typed, setTyped] = useState<string | null>(open ? "" : null);
  const [at, setAt] = useState(0);
  const fields = useFields(object, schema, accepts);
  const isOpen = typed !== null;
  const found = useMemo(() => matching(fields, typed ?? ""), [fields, typed]);
  const chosen = value === null ? null : schema.find(object, value);

  const choose = (field: PathField | undefined) => {
    if (field === undefined) return;
    setTyped(open ? "" : null);
    onChange(field.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!isOpen) setTyped("");
      else setAt((before) => Math.min(Math.max(before + step, 0), found.length - 1));
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape" && isOpen && !open) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
    }
  };
  return (
    <div className={styles.picker}>
      <TextInput
        size="md"
        {...(hiddenLabel ? { "aria-label": label } : { label })}
        placeholder={t("condition.choose_field")}
        value={typed ?? (chosen === null ? (value ?? "") : fullLabel(chosen))}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onClick={() => !isOpen && setTyped("")}
        onBlur={() => !open && setTyped(null)}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus={open}
      />
      {isOpen && <Options id={list} label={label} fields={found} at={at} choose={choose} floating={!open} />}
    </div>
  );
}

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

interface OptionsProps {
  id: string;
  label: string;
  fields: PathField[];
  at: number;
  choose: (field: PathField) => void;
  floating: boolean;
}

function Options({ id, label, fields, at, choose, floating }: OptionsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className={floating ? styles.floating : styles.list}>
      <div ref={box} id={id} role="listbox" aria-label={label} className={styles.options}>
        {fields.map((field, index) => (
          <div
            key={field.path}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            // The pointer must not take the focus away before the choice is made.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(field)}
          >
            {field.through !== null && <span className={styles.through}>{field.through} › </span>}
            {field.label}
          </div>
        ))}
      </div>
      {fields.length === 0 && (
        <p className={styles.nothing} role="status">
          {t("condition.no_field")}
        </p>
      )}
    </div>
  );
}
