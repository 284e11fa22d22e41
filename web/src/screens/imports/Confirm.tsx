import { useTranslation } from "react-i18next";
import { useRunImport, type Import, type ImportCounts, type ImportOrder, type ImportPlan } from "../../api/imports";
import { useModel } from "../../api/queries";
import { Button, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { Checking, Stopped } from "./Checking";
import styles from "./Imports.module.css";
import { checkingText, useRehearsal } from "./useRehearsal";

/** What will happen, in sentences, as the check has found it; then the word to begin. */
export function Confirm({ record, plan, order }: { record: Import; plan: ImportPlan; order: ImportOrder }) {
  const { t } = useTranslation();
  const told = useRehearsal(record.id, order, 0);
  const run = useRunImport(record.id);
  const counts = told.rehearsal?.counts;
  const isReady = counts !== undefined && !told.isChecking && !told.isOutdated && !told.error;
  if (told.isStopped) return <Stopped told={told} />;
  if (told.error) return <ErrorNotice error={told.error} retry={told.again} />;
  if (counts === undefined || told.isChecking) {
    return (
      <>
        <p role="status">{t(checkingText(plan))}</p>
        {told.isChecking && <Checking id={record.id} cancel={told.cancel} />}
        <CardSkeletons count={1} />
      </>
    );
  }
  const willChange = counts.created + counts.updated > 0;
  return (
    <div className={styles.panel}>
      <h2>{t("imports.confirm_title")}</h2>
      <Sentences record={record} counts={counts} />
      {run.isError && <ErrorNotice error={run.error} />}
      <div className={styles.row}>
        <Button size="md" onClick={() => run.mutate(order)} loading={run.isPending} disabled={!isReady || counts.rows === 0}>
          {t(willChange ? "imports.run" : "imports.run_anyway")}
        </Button>
        {counts.failed + counts.skipped > 0 && (
          <ButtonLink
            to="/imports/$id"
            params={{ id: record.id }}
            search={{ step: "check" }}
            variant="default"
            size="md"
            leftSection={<Icon name="back" size={16} />}
          >
            {t("imports.back_to_check")}
          </ButtonLink>
        )}
      </div>
      <p className={styles.quiet}>{t("imports.confirm_undo")}</p>
    </div>
  );
}

function Sentences({ record, counts }: { record: Import; counts: ImportCounts }) {
  const { t } = useTranslation();
  const model = useModel();
  const what = model.pluralLabel(record.object);
  const left = counts.failed + counts.skipped + counts.left_out;
  return (
    <ul className={styles.sentences}>
      {counts.created > 0 && <li>{t("imports.will_create", { count: counts.created, what })}</li>}
      {counts.updated > 0 && <li>{t("imports.will_update", { count: counts.updated, what })}</li>}
      {counts.unchanged > 0 && <li>{t("imports.will_leave", { count: counts.unchanged, what })}</li>}
      {left > 0 && <li>{t("imports.will_not_take", { count: left })}</li>}
      {counts.created + counts.updated === 0 && <li>{t("imports.will_nothing")}</li>}
    </ul>
  );
}
