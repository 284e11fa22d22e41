import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sampleQuery } from "../api/sample";
import { Icon } from "../ui/icons";
import styles from "./SampleNote.module.css";

const lookEvery = 10 * 60_000;

/** At the end of every screen, for those who can remove it: what is seen here is a demo company. */
export function SampleNote() {
  const { t } = useTranslation();
  const sample = useQuery({ ...sampleQuery(), staleTime: lookEvery }).data;
  if (sample?.present !== true) return null;
  return (
    <aside className={styles.note} aria-label={t("sample.title")}>
      <Icon name="info" size={16} />
      <span>{t("sample.note")}</span>
      <Link to="/admin/sample">{t("sample.note_link")}</Link>
    </aside>
  );
}
