import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { Page } from "../ui/Page";
import { EmptyState, ErrorNotice, useErrorText } from "../ui/parts";
import styles from "./Shell.module.css";

/** In the place of a screen whose address leads to nothing; the shell stays around it. */
export function NothingHere({ why }: { why?: string }) {
  const { t } = useTranslation();
  return (
    <Page title={t("app.not_found")} width="text">
      <EmptyState icon="search">{why ?? t("app.not_found_help")}</EmptyState>
      <p className={styles.wayOut}>
        <Link to="/">{t("app.to_today")}</Link>
      </p>
    </Page>
  );
}

/** In the place of a screen whose record could not be read: it is not there, or the server is not. */
export function ScreenError({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (error instanceof ApiProblem && error.status === 404) return <NothingHere why={textOf(error)} />;
  return (
    <Page title={t("error.title")} width="text">
      <ErrorNotice error={error} retry={retry} untitled />
    </Page>
  );
}
