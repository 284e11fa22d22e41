import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failingFile, rowsAtOnce, stopRehearsal, type Import, type ImportOrder } from "../../api/imports";
import { useMediaQuery } from "../../lib/useMediaQuery";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { Checking, Stopped } from "./Checking";
import { CountStats } from "./CountsText";
import type { StepProps } from "./Columns";
import { corrected, orderOf, skipped } from "./draft";
import { FailingCards } from "./FailingCards";
import { FailingGrid } from "./FailingGrid";
import styles from "./Imports.module.css";
import { mergedRows, type ShownRow } from "./rows";
import { checkingText, isStopped, useRehearsal, type Rehearsing } from "./useRehearsal";

export interface RowsProps extends Pick<StepProps, "plan" | "draft"> {
  rows: ShownRow[];
  onCorrect: (line: number, column: number, text: string | null) => void;
  onSkip: (line: number, skip: boolean) => void;
}

/** The second step: what would happen, and the rows that would not be taken, mended where they stand. */
export function Check({ record, plan, draft, change }: StepProps & { record: Import }) {
  const { t } = useTranslation();
  const [offset, setOffset] = useState(0);
  const order = orderOf(draft, plan);
  const file = useFailingFile(record, order);
  const told = useRehearsal(record.id, order, offset, file.isPending);
  const rows = useShownRows(told, draft, offset);
  const isWide = useMediaQuery("(min-width: 900px)");
  const { rehearsal } = told;
  if (rehearsal?.counts === undefined) {
    if (told.isStopped) return <Stopped told={told} />;
    if (told.error) return <ErrorNotice error={told.error} retry={told.again} />;
    return (
      <>
        <p role="status">{t(checkingText(plan))}</p>
        {told.isChecking && <Checking id={record.id} cancel={told.cancel} />}
        <CardSkeletons count={4} height={160} />
      </>
    );
  }
  const Rows = isWide ? FailingGrid : FailingCards;
  const total = rehearsal.rows?.total ?? 0;
  return (
    <>
      {told.isStopped ? <Stopped told={told} /> : <CheckState told={told} isHeld={file.isPending} />}
      {told.isChecking && <Checking id={record.id} cancel={told.cancel} />}
      {told.error !== null && <ErrorNotice error={told.error} retry={told.again} />}
      <CountStats counts={rehearsal.counts} tense="future" />
      <Section
        title={t("imports.failing")}
        count={total}
        hint={rows.length > 0 ? t(isWide ? "imports.failing_hint_keys" : "imports.failing_hint") : undefined}
      >
        {total > 0 && <GetFailing file={file} isHeld={told.isChecking} />}
        {file.isPending && <Checking id={record.id} cancel={file.cancel} />}
        {rows.length === 0 && <EmptyState icon="check">{t("imports.none_failing")}</EmptyState>}
        {rows.length > 0 && (
          <Rows
            plan={plan}
            draft={draft}
            rows={rows}
            onCorrect={(line, column, text) => change((before) => corrected(before, line, column, text))}
            onSkip={(line, skip) => change((before) => skipped(before, line, skip))}
          />
        )}
        {total > rowsAtOnce && <Paging offset={offset} total={total} onOffset={setOffset} />}
      </Section>
    </>
  );
}

/** What was found, and what the person has mended of it since they came here. */
function useShownRows({ rehearsal }: Rehearsing, draft: StepProps["draft"], offset: number): ShownRow[] {
  const seen = useRef<{ offset: number; rows: ShownRow[] }>({ offset, rows: [] });
  const before = seen.current.offset === offset ? seen.current.rows : [];
  const rows = mergedRows(before, rehearsal?.rows?.items ?? [], draft);
  useEffect(() => {
    seen.current = { offset, rows };
  });
  return rows;
}

/** Whether what is shown is true of what is settled now. */
function CheckState({ told, isHeld }: { told: Rehearsing; isHeld: boolean }) {
  const { t } = useTranslation();
  const text = told.isChecking ? "imports.checking" : told.isOutdated ? "imports.outdated" : "imports.checked";
  return (
    <div className={styles.status}>
      <p role="status">{t(text)}</p>
      <Button variant="default" size="md" onClick={told.again} loading={told.isChecking} disabled={isHeld}>
        {t("imports.check_again")}
      </Button>
    </div>
  );
}

interface FailingFile {
  get: () => void;
  isPending: boolean;
  /** Undefined when that was asked for already. */
  cancel: (() => void) | undefined;
  error: unknown;
}

/** The rows that would fail, as a file; the server looks at every row for it once more. */
function useFailingFile(record: Import, order: ImportOrder): FailingFile {
  const stop = useMutation({ mutationFn: () => stopRehearsal(record.id) });
  const get = useMutation({
    mutationFn: () => failingFile(record.id, order),
    onMutate: () => stop.reset(),
    onSuccess: (file) => {
      const address = URL.createObjectURL(file);
      const link = document.createElement("a");
      link.href = address;
      link.download = record.file_name.replace(/(\.[^.]*)?$/, "-rejected.csv");
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return {
    get: () => get.mutate(),
    isPending: get.isPending,
    cancel: stop.isIdle || stop.isError ? () => stop.mutate() : undefined,
    error: stop.error ?? (isStopped(get.error) ? null : get.error),
  };
}

function GetFailing({ file, isHeld }: { file: FailingFile; isHeld: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Button
        variant="default"
        size="md"
        leftSection={<Icon name="download" size={18} />}
        onClick={file.get}
        loading={file.isPending}
        disabled={isHeld}
      >
        {t("imports.get_failing")}
      </Button>
      {file.error !== null && <ErrorNotice error={file.error} />}
    </div>
  );
}

interface PagingProps {
  offset: number;
  total: number;
  onOffset: (offset: number) => void;
}

function Paging({ offset, total, onOffset }: PagingProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const to = Math.min(offset + rowsAtOnce, total);
  return (
    <div className={styles.row}>
      <Button variant="default" size="md" disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - rowsAtOnce))}>
        {t("imports.rows_before")}
      </Button>
      <span>{t("imports.rows_part", { from: number.format(offset + 1), to: number.format(to), total: number.format(total) })}</span>
      <Button variant="default" size="md" disabled={to >= total} onClick={() => onOffset(offset + rowsAtOnce)}>
        {t("imports.rows_after")}
      </Button>
    </div>
  );
}
