import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import styles from "./FailingGrid.module.css";

interface CellInputProps {
  label: string;
  text: string;
  /** Where the column goes: of a field of choices they are offered. */
  field: string | undefined;
  onCommit: (text: string) => void;
  /** The cell is left. Tells whether another cell is edited now, so that Tab need not move the focus. */
  onEnd: (how: "enter" | "escape" | "next" | "back" | "blur") => boolean;
}

/** A cell being mended: Enter keeps the text, Tab goes on to the next bad cell, Escape leaves it as it was. */
export function CellInput({ label, text, field, onCommit, onEnd }: CellInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const isLeft = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const leave = (how: Parameters<typeof onEnd>[0]): boolean => {
    if (isLeft.current) return false;
    isLeft.current = true;
    if (how !== "escape") onCommit(typed);
    return onEnd(how);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and Escape first belong to the input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      leave("enter");
    } else if (event.key === "Escape") {
      event.stopPropagation();
      leave("escape");
    } else if (event.key === "Tab" && leave(event.shiftKey ? "back" : "next")) {
      event.preventDefault();
    }
  };
  return (
    <input
      ref={input}
      className={styles.input}
      aria-label={label}
      list={field === undefined ? undefined : `choices-${field}`}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => leave("blur")}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
