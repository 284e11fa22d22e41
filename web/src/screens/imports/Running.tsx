import { useTranslation } from "react-i18next";
import { useCancelImport, type Import } from "../../api/imports";
import { Progress } from "../../ui/marks";
import { ErrorNotice } from "../../ui/parts";
import { CountStats } from "./CountsText";
import styles from "./Imports.module.css";

/** An import on its way, or being taken back: how far it is, and the way to stop it. */
export function Running({ record }: { record: Import }) {
  const { t, i18n } = useTranslation();
  const stop = useCancelImport(record.id);
  const isRunning = record.status === "running";
  const { counts, report } = record;
  const size = report?.size ?? 0;
  const label = isRunning ? t("imports.running") : record.status === "undoing" ? t("imports.undoing") : t("imports.cancelling");
  const rows = new Intl.NumberFormat(i18n.language).format(counts?.rows ?? 0);
  const cancel = isRunning ? () => stop.mutate() : undefined;
  return (
    <>
      <div className={styles.panel}>
        <Progress label={label} value={isRunning && size > 0 ? (counts?.bytes ?? 0) : null} max={size} cancel={cancel} />
        <p className={styles.quiet}>
          {isRunning ? t("imports.running_hint", { rows }) : t("imports.taking_back_hint")}
        </p>
      </div>
      {stop.isError && <ErrorNotice error={stop.error} />}
      {isRunning && counts && <CountStats counts={counts} tense="past" />}
    </>
  );
}
