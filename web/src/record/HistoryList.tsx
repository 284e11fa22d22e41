import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { historyQuery, type HistoryEntry } from "../api/history";
import { useMe, useModel } from "../api/queries";
import { formatDay, formatTime } from "../lib/dates";
import { Button } from "../ui/Button";
import { Difference, type ChangedLine } from "../ui/Difference";
import { Badge } from "../ui/marks";
import { EmptyState, ErrorNotice, RowSkeletons } from "../ui/parts";
import { PlainValue } from "./FieldValue";
import styles from "./HistoryList.module.css";

/** What happened to a record, the newest first: who, when, by which door, and each field before and after. */
export function HistoryList({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const history = useInfiniteQuery(historyQuery(object, id));
  if (history.isPending) return <RowSkeletons count={6} />;
  if (history.isError) return <ErrorNotice error={history.error} retry={() => void history.refetch()} />;
  const entries = history.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <EmptyState icon="history">{t("record.history_none")}</EmptyState>;
  return (
    <>
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <Entry key={`${entry.at}/${entry.version}/${entry.action}`} object={object} entry={entry} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void history.fetchNextPage()} loading={history.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

const actions = ["create", "update", "delete", "restore"] as const;
const tones = { create: "good", update: "plain", delete: "danger", restore: "info" } as const;

function Entry({ object, entry }: { object: string; entry: HistoryEntry }) {
  const { t } = useTranslation();
  const action = actions.find((one) => one === entry.action);
  const lines = useLines(object, entry);
  return (
    <li className={styles.entry}>
      <p className={styles.head}>
        <strong>{useWho(entry)}</strong>
        {action !== undefined && <Badge tone={tones[action]}>{t(`record.action_${action}`)}</Badge>}
        <span className={styles.quiet}>{useWhen(entry.at)}</span>
      </p>
      {entry.reason && <p className={styles.reason}>{entry.reason}</p>}
      {lines.length > 0 && <Difference lines={lines} />}
    </li>
  );
}

/** Whose hand it was: a person's, or that of a program in a person's name. */
export function useWho({ by_name, via }: Pick<HistoryEntry, "by_name" | "via">): string {
  const { t } = useTranslation();
  const door = (["import", "rule", "system", "demo", "cli"] as const).find((one) => one === via);
  if (door === undefined) return by_name ?? t("record.by_somebody");
  return by_name ? t("record.by_through", { who: by_name, door: t(`record.door_${door}`) }) : t(`record.door_${door}`);
}

export function useWhen(at: string): string {
  const { i18n } = useTranslation();
  const me = useMe();
  return `${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`;
}

function useLines(object: string, entry: HistoryEntry): ChangedLine[] {
  const model = useModel();
  return Object.entries(entry.changes).flatMap(([name, { from, to }]) => {
    const field = model.field(object, name);
    if (field === undefined || isEmpty(from) === isEmpty(to) && JSON.stringify(from) === JSON.stringify(to)) return [];
    const shown = (value: unknown) => (isEmpty(value) ? null : <PlainValue object={object} field={field} value={value} />);
    return [{ key: name, label: model.fieldLabel(object, name), before: shown(from), after: shown(to) }];
  });
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";
