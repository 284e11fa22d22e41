import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icons";
import styles from "./List.module.css";
import type { ListState } from "./useListState";

const typingPause = 150;

/** Finds by a few letters of any script while one types; `/` leads here. */
export function SearchBox({ list, toRows }: { list: ListState; toRows: () => void }) {
  const { t } = useTranslation();
  const { q = "" } = list.search;
  const { set } = list;
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [composing, setComposing] = useState(false);
  const sent = useRef(q);
  useEffect(() => {
    // Going back or a link has changed the address: the box follows it.
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    // An input method is still deciding: its half-written kana are not yet what the person looks for.
    const wanted = text.trim();
    if (composing || wanted === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = wanted;
      set({ q: wanted || undefined });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [text, composing, set]);
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || writing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener("keydown", take);
    return () => window.removeEventListener("keydown", take);
  }, []);
  return (
    <TextInput
      ref={box}
      type="search"
      size="md"
      className={styles.search}
      aria-label={t("list.search")}
      placeholder={t("list.search")}
      leftSection={<Icon name="search" size={18} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          toRows();
        }
      }}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
