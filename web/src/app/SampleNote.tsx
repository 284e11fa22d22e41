import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { Icon } from "../ui/icons";
import styles from "./SampleNote.module.css";

/** At the end of every screen: what is seen here is a demo company, and can be removed. */
export function SampleNote() {
  const { t } = useTranslation();
  const mayRemove = useMe().may.configure === true;
  return (
    <aside className={styles.note} aria-label={t("sample.title")}>
      <Icon name="info" size={16} />
      <span>{t(mayRemove ? "sample.note" : "sample.note_others")}</span>
      {mayRemove && <Link to="/admin/sample">{t("sample.note_link")}</Link>}
    </aside>
  );
}
