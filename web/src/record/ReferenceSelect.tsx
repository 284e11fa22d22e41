import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { referencesQuery } from "../api/queries";
import type { AnyRecord } from "../api/shapes";
import styles from "./FieldInput.module.css";

interface ReferenceSelectProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  required: boolean;
  object: string;
  /** The id of the chosen record, or "" for none. */
  value: string;
  /** The title of the record that was chosen when the editor opened. */
  title: string;
  onChange: (id: string) => void;
  /** What stands around it says the label already. */
  hiddenLabel?: boolean;
}

const typingPause = 200;

/** A record of another object, found by a few letters: a combobox after the ARIA pattern. */
export function ReferenceSelect(props: ReferenceSelectProps) {
  const { object, value, title, onChange, label, description, error, required, hiddenLabel = false } = props;
  const { t } = useTranslation();
  const list = useId();
  const [chosen, setChosen] = useState(title);
  /** What is being typed; null while the chosen record's title stands there. */
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [q] = useDebouncedValue(typed?.trim() ?? "", typingPause);
  const open = typed !== null;
  const found = useQuery({ ...referencesQuery(object, q), enabled: open });
  const items = open ? (found.data ?? []) : [];
  // What stands in the list until the answer comes was found by other letters: Enter must not choose from it.
  const isFresh = open && q === typed.trim() && found.isSuccess && !found.isPlaceholderData;

  const choose = (record: AnyRecord) => {
    setChosen(record.title ?? "");
    setTyped(null);
    onChange(record.id);
  };
  const leave = () => {
    // An emptied field means nobody; anything else half-typed changes nothing.
    if (typed?.trim() === "" && value !== "" && !required) {
      setChosen("");
      onChange("");
    }
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) setTyped("");
      else setAt((before) => Math.min(Math.max(before + step, 0), items.length - 1));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      const record = isFresh ? items[at] : undefined;
      if (record !== undefined) choose(record);
    } else if (event.key === "Escape" && open) {
      setTyped(null);
    }
  };
  return (
    <div className={styles.reference}>
      <TextInput
        size="md"
        {...(hiddenLabel ? { "aria-label": label } : { label })}
        description={description}
        error={error}
        placeholder={t("record.reference_search")}
        value={typed ?? chosen}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={leave}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isFresh && items[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      {open && <Options id={list} label={label} items={items} at={isFresh ? at : null} choose={choose} searching={found.isPending} />}
    </div>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  items: AnyRecord[];
  /** The one that Enter would choose. */
  at: number | null;
  choose: (record: AnyRecord) => void;
  searching: boolean;
}

function Options({ id, label, items, at, choose, searching }: OptionsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (items.length === 0) {
    return (
      <div className={styles.list}>
        <div id={id} role="listbox" aria-label={label} />
        <p className={styles.nothing} role="status">
          {t(searching ? "app.loading" : "record.reference_none")}
        </p>
      </div>
    );
  }
  return (
    <div ref={box} id={id} role="listbox" aria-label={label} className={styles.list}>
      {items.map((record, index) => (
        <div
          key={record.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={styles.option}
          // The pointer must not take the focus away before the choice is made.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(record)}
        >
          {record.title}
          <Where record={record} />
        </div>
      ))}
    </div>
  );
}

/** What tells two records of the same name apart. */
function Where({ record }: { record: AnyRecord }) {
  const place = [record["prefecture"], record["city"]].filter((part) => typeof part === "string").join(" ");
  return place === "" ? null : <span className={styles.where}>{place}</span>;
}
