import { useIsFetching } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { Icon } from "../ui/icons";
import styles from "./SampleNote.module.css";

/** So long without a question to the server, and the screen has found its length. Milliseconds. */
const settling = 300;

/** A screen that still grows would push away what stands at its end: so it waits, and then stays. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  const isQuiet = useIsFetching() === 0;
  useEffect(() => {
    if (isSettled || !isQuiet) return;
    const timer = setTimeout(() => setSettled(true), settling);
    return () => clearTimeout(timer);
  }, [isSettled, isQuiet]);
  return isSettled;
}

/** At the end of every screen: what is seen here is a demo company, and can be removed. */
export function SampleNote() {
  const { t } = useTranslation();
  const mayRemove = useMe().may.configure === true;
  const isSettled = useSettled();
  return (
    <aside className={styles.note} data-settled={isSettled} aria-label={t("sample.title")}>
      <Icon name="info" size={16} />
      <span>{t(mayRemove ? "sample.note" : "sample.note_others")}</span>
      {mayRemove && <Link to="/admin/sample">{t("sample.note_link")}</Link>}
    </aside>
  );
}
