import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Unreachable } from "../api/problem";
import { Button } from "../ui/Button";
import { EmptyState, ErrorNotice } from "../ui/parts";
import styles from "./Shell.module.css";

/** A screen that could not be shown: why, and a way to try again. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles.alone}>
      {error instanceof Unreachable ? <WithoutServer retry={retry} /> : <ErrorNotice error={error} retry={retry} />}
    </main>
  );
}

/** The page opens from the device, but what it would show is at the server. It tries again when the network is back. */
function WithoutServer({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  });
  return (
    <>
      <h1 className={styles.aloneTitle}>{t("install.without_server")}</h1>
      <EmptyState icon="cloud_off">{t("install.without_server_help")}</EmptyState>
      <Button size="md" className={styles.wayOut} onClick={retry}>
        {t("app.retry")}
      </Button>
    </>
  );
}
