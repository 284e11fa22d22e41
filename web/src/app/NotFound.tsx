import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/parts";
import styles from "./Shell.module.css";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className={styles.alone}>
      <h1 className={styles.aloneTitle}>{t("app.not_found")}</h1>
      <EmptyState icon="search">{t("app.not_found_help")}</EmptyState>
      <p className={styles.wayOut}>
        <Link to="/">{t("app.to_today")}</Link>
      </p>
    </main>
  );
}
