import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchInput } from "../ui/SearchInput";
import styles from "./List.module.css";
import type { ListState } from "./useListState";

const typingPause = 150;
/** Those who are found by what their names are said or belong to. */
const people = new Set(["hcp", "hco"]);

/** Finds by a few letters of any script while one types. */
export function SearchBox({ list, toRows }: { list: ListState; toRows: () => void }) {
  const { t } = useTranslation();
  const { q = "" } = list.search;
  const { set } = list;
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
  return (
    <SearchInput
      className={styles.search}
      label={t(people.has(list.object) ? "list.search" : "list.search_any")}
      value={text}
      onChange={setText}
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
