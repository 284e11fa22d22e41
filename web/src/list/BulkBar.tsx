import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../api/queries";
import { isEditable } from "../record/fieldDraft";
import { ActionIcon, Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { BulkDialog } from "./BulkDialog";
import styles from "./List.module.css";
import type { Selection } from "./selection";
import type { ListState } from "./useListState";

/** The chosen rows, as an action on them needs to know them. */
export interface BulkChoice {
  list: ListState;
  selection: Selection;
  count: number;
  clear: () => void;
}

interface BulkBarProps {
  list: ListState;
  selection: Selection;
  count: number;
  total: number;
  all: () => void;
  clear: () => void;
  more?: ((chosen: BulkChoice) => ReactNode) | undefined;
}

/** What can be done with the chosen rows. */
export function BulkBar({ list, selection, count, total, all, clear, more }: BulkBarProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [fields, setFields] = useState<string[] | null>(null);
  const canChange = (name: string): boolean => {
    const field = model.field(list.object, name);
    return field !== undefined && isEditable(field);
  };
  const mayChange = model.may(list.object, "update");
  return (
    <div className={styles.bulkBar} role="region" aria-label={t("list.chosen")}>
      <span className={styles.bulkCount} role="status">
        {t("list.chosen_count", { count })}
      </span>
      {!selection.all && count < total && (
        <Button variant="subtle" size="compact-md" className={`${styles.tool} ${styles.bulkAll}`} onClick={all}>
          {t("list.choose_all", { count: total })}
        </Button>
      )}
      {mayChange && (
        <>
          {canChange("owner") && (
            <Button variant="light" size="compact-md" className={styles.tool} onClick={() => setFields(["owner"])}>
              {t("list.bulk_owner")}
            </Button>
          )}
          {canChange("tags") && (
            <Button variant="light" size="compact-md" className={styles.tool} onClick={() => setFields(["tags"])}>
              {t("list.bulk_tags")}
            </Button>
          )}
          <Button variant="filled" size="compact-md" className={styles.tool} onClick={() => setFields([])}>
            {t("list.bulk_change")}
          </Button>
        </>
      )}
      {more?.({ list, selection, count, clear })}
      <ActionIcon variant="subtle" color="gray" size={44} className={styles.bulkClear} onClick={clear} aria-label={t("list.clear")}>
        <Icon name="close" />
      </ActionIcon>
      {fields !== null && (
        <BulkDialog list={list} selection={selection} count={count} begin={fields} close={() => setFields(null)} done={() => { setFields(null); clear(); }} />
      )}
    </div>
  );
}
