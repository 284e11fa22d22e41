import { TextInput } from "@mantine/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import styles from "./Combobox.module.css";

export interface ComboboxOption {
  key: string;
  shown: ReactNode;
  /** It is listed, and cannot be chosen. */
  disabled?: boolean;
}

interface ComboboxProps<Option extends ComboboxOption> {
  label: string;
  /** What stands around it says the label already. */
  hiddenLabel?: boolean;
  description?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  /** What is chosen, as it stands there while nothing is typed. */
  value: string;
  /** Nothing that counts as a choice is chosen. */
  muted?: boolean;
  /** What is being typed; null while the list is closed. */
  typed: string | null;
  onTyped: (typed: string | null) => void;
  /** What the letters find. */
  options: Option[];
  /** The options are those of other letters still: Enter must not choose from them. */
  stale?: boolean;
  onChoose: (option: Option) => void;
  /** Said where no option is. */
  none: string;
  /** What a click on the closed field does: open the list, or select the text to type over it. */
  onPress?: "open" | "select";
  /** The person goes elsewhere, with what was typed. */
  onLeave?: (typed: string | null) => void;
  /** The list stands open, as the only thing to do. */
  standing?: boolean;
}

/** One of many, found by a few letters, after the ARIA pattern: the focus stays in the field. */
export function Combobox<Option extends ComboboxOption>(props: ComboboxProps<Option>) {
  const { label, typed, onTyped, options, stale = false, standing = false, onPress = "open" } = props;
  const list = useId();
  const [at, setAt] = useState(0);
  const open = typed !== null;
  const option = open && !stale ? options[at] : undefined;
  const type = (text: string) => {
    onTyped(text);
    setAt(0);
  };
  const choose = (one: Option | undefined) => {
    if (one !== undefined && !one.disabled) props.onChoose(one);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) type("");
      else setAt((before) => Math.max(Math.min(before + step, options.length - 1), 0));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(option);
    } else if (event.key === "Escape" && open && !standing) {
      // Only the list closes, not what it stands in.
      event.preventDefault();
      event.stopPropagation();
      onTyped(null);
    }
  };
  return (
    <div className={styles.box} data-standing={standing || undefined}>
      <TextInput
        size="md"
        {...(props.hiddenLabel ? { "aria-label": label } : { label })}
        description={props.description}
        error={props.error}
        placeholder={props.placeholder}
        value={typed ?? props.value}
        data-muted={(!open && props.muted) || undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onFocus={(event) => onPress === "select" && event.currentTarget.select()}
        onClick={() => onPress === "open" && !open && type("")}
        onBlur={() => {
          props.onLeave?.(typed);
          if (!standing) onTyped(null);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={option && `${list}-${at}`}
        autoComplete="off"
        spellCheck={false}
        autoFocus={standing}
      />
      {open && <Options id={list} label={label} options={options} at={stale ? null : at} choose={choose} none={props.none} />}
    </div>
  );
}

interface OptionsProps<Option> {
  id: string;
  label: string;
  options: Option[];
  /** The one that Enter would choose. */
  at: number | null;
  choose: (option: Option) => void;
  none: string;
}

function Options<Option extends ComboboxOption>({ id, label, options, at, choose, none }: OptionsProps<Option>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className={styles.list}>
      <div ref={box} id={id} role="listbox" aria-label={label} className={styles.options}>
        {options.map((option, index) => (
          <div
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={option.disabled}
            className={styles.option}
            // The pointer must not take the focus away before the choice is made.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            {option.shown}
          </div>
        ))}
      </div>
      {options.length === 0 && (
        <p className={styles.none} role="status">
          {none}
        </p>
      )}
    </div>
  );
}

/** A second, quieter line of an option: what tells it apart, or why it cannot be chosen. */
export function OptionHint({ children }: { children: ReactNode }) {
  return <span className={styles.hint}>{children}</span>;
}
