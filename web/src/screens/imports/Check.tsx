import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { failingFile, rowsAtOnce, type Import, type ImportOrder } from "../../api/imports";
import { useMediaQuery } from "../../lib/useMediaQuery";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { CountStats } from "./CountsText";
import type { StepProps } from "./Columns";
import { corrected, orderOf, skipped } from "./draft";
import { FailingCards } from "./FailingCards";
import { FailingGrid } from "./FailingGrid";
import styles from "./Imports.module.css";
import { mergedRows, type ShownRow } from "./rows";
import { checkingText, useRehearsal, type Rehearsing } from "./useRehearsal";

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
  const told = useRehearsal(record.id, order, offset);
  const rows = useShownRows(told, draft, offset);
  const isWide = useMediaQuery("(min-width: 900px)");
  const { rehearsal } = told;
  if (rehearsal?.counts === undefined) {
    if (told.error) return <ErrorNotice error={told.error} retry={told.again} />;
    return (
      <>
        <p role="status">{t(checkingText(plan))}</p>
        <CardSkeletons count={2} />
      </>
    );
  }
  const Rows = isWide ? FailingGrid : FailingCards;
  const total = rehearsal.rows?.total ?? 0;
  return (
    <>
      <CheckState told={told} />
      {told.error !== null && <ErrorNotice error={told.error} retry={told.again} />}
      <CountStats counts={rehearsal.counts} tense="future" />
      <Section
        title={t("imports.failing")}
        count={total}
        hint={rows.length > 0 ? t(isWide ? "imports.failing_hint_keys" : "imports.failing_hint") : undefined}
      >
        {total > 0 && <GetFailing record={record} order={order} />}
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
function CheckState({ told }: { told: Rehearsing }) {
  const { t } = useTranslation();
  const text = told.isChecking ? "imports.checking" : told.isOutdated ? "imports.outdated" : "imports.checked";
  return (
    <div className={styles.status}>
      <p role="status">{t(text)}</p>
      <Button variant="default" size="md" onClick={told.again} loading={told.isChecking}>
        {t("imports.check_again")}
      </Button>
    </div>
  );
}

function GetFailing({ record, order }: { record: Import; order: ImportOrder }) {
  const { t } = useTranslation();
  const get = useMutation({
    mutationFn: () => failingFile(record.id, order),
    onSuccess: (file) => {
      const address = URL.createObjectURL(file);
      const link = document.createElement("a");
      link.href = address;
      link.download = record.file_name.replace(/(\.[^.]*)?$/, "-rejected.csv");
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <div>
      <Button
        variant="default"
        size="md"
        leftSection={<Icon name="download" size={18} />}
        onClick={() => get.mutate()}
        loading={get.isPending}
      >
        {t("imports.get_failing")}
      </Button>
      {get.isError && <ErrorNotice error={get.error} />}
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
