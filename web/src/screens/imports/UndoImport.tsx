import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { undoForeseenQuery, useUndoImport } from "../../api/imports";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorNotice, RowSkeletons } from "../../ui/parts";
import styles from "./Imports.module.css";
import { Left } from "./Result";

/** Asks before an import is taken back, and says what that would do now. */
export function UndoImport({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const foreseen = useQuery(undoForeseenQuery(id));
  const undo = useUndoImport(id);
  const { data } = foreseen;
  const left = data === undefined ? 0 : data.changed_since + data.refused;
  return (
    <ConfirmDialog
      title={t("imports.undo_title")}
      confirm={t("imports.undo")}
      danger
      pending={undo.isPending || foreseen.isPending}
      onConfirm={() => undo.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      {foreseen.isPending && <RowSkeletons count={2} />}
      {foreseen.isError && <ErrorNotice error={foreseen.error} retry={() => void foreseen.refetch()} />}
      {data && (
        <ul className={styles.sentences}>
          {data.removed > 0 && <li>{t("imports.undo_will_remove", { count: data.removed })}</li>}
          {data.reverted > 0 && <li>{t("imports.undo_will_revert", { count: data.reverted })}</li>}
          {data.removed + data.reverted === 0 && <li>{t("imports.undo_will_nothing")}</li>}
          {left > 0 && <li>{t("imports.undo_will_leave", { count: left })}</li>}
        </ul>
      )}
      {data && left > 0 && <Left undo={data} />}
      {undo.isError && <ErrorNotice error={undo.error} />}
    </ConfirmDialog>
  );
}
