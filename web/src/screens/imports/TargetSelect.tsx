import { TextInput } from "@mantine/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import styles from "./TargetSelect.module.css";
import type { Target } from "./targets";

interface TargetSelectProps {
  label: string;
  targets: Target[];
  /** "" leads nowhere. */
  value: string;
  /** Fields that other columns fill already, with the name of that column. */
  taken: Map<string, string>;
  onChange: (to: string) => void;
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The field that a column goes to, found by a few letters: a combobox after the ARIA pattern. */
export function TargetSelect({ label, targets, value, taken, onChange }: TargetSelectProps) {
  const { t } = useTranslation();
  const list = useId();
  /** What is being typed; null while the choice stands there. */
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const open = typed !== null;
  const nowhere: Target = { to: "", label: t("imports.not_imported"), field: "" };
  const chosen = value === "" ? nowhere : (targets.find(({ to }) => to === value) ?? { ...nowhere, label: value });
  const wanted = plain(typed ?? "");
  const matches = open
    ? [nowhere, ...targets].filter((one) => wanted === "" || plain(one.label).includes(wanted) || one.to.includes(wanted))
    : [];
  const isTaken = (one: Target): boolean => taken.has(one.field) && one.field !== chosen.field;
  const choose = (one: Target | undefined) => {
    if (one === undefined || isTaken(one)) return;
    setTyped(null);
    if (one.to !== value) onChange(one.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) setTyped("");
      else setAt((before) => Math.min(Math.max(before + step, 0), matches.length - 1));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(matches[at]);
    } else if (event.key === "Escape" && open) {
      setTyped(null);
    }
  };
  return (
    <div className={styles.box}>
      <TextInput
        size="md"
        aria-label={label}
        value={typed ?? chosen.label}
        data-nowhere={(!open && value === "") || undefined}
        classNames={{ input: styles.input ?? "" }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onClick={() => {
          if (!open) {
            setTyped("");
            setAt(0);
          }
        }}
        placeholder={chosen.label}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && matches[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      {open && (
        <Options id={list} label={label} matches={matches} at={at} choose={choose} taken={(one) => (isTaken(one) ? taken.get(one.field) : undefined)} />
      )}
    </div>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  matches: Target[];
  at: number;
  choose: (target: Target) => void;
  /** The column that fills the field already. */
  taken: (target: Target) => string | undefined;
}

function Options({ id, label, matches, at, choose, taken }: OptionsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (matches.length === 0) {
    return (
      <div className={styles.list}>
        <div id={id} role="listbox" aria-label={label} />
        <p className={styles.nothing} role="status">
          {t("record.reference_none")}
        </p>
      </div>
    );
  }
  return (
    <div ref={box} id={id} role="listbox" aria-label={label} className={styles.list}>
      {matches.map((one, index) => (
        <div
          key={one.to}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          aria-disabled={taken(one) !== undefined}
          className={styles.option}
          // The pointer must not take the focus away before the choice is made.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(one)}
        >
          {one.label}
          {taken(one) !== undefined && <span className={styles.where}>{t("imports.taken_by", { column: taken(one) })}</span>}
        </div>
      ))}
    </div>
  );
}
