import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlan } from "../../api/imports";
import { useModel } from "../../api/queries";
import { Button } from "../../ui/Button";
import { Badge } from "../../ui/marks";
import { Icon } from "../../ui/icons";
import type { RowsProps } from "./Check";
import { CellInput } from "./CellInput";
import { ChoiceLists } from "./ChoiceLists";
import { columnName } from "./columnName";
import styles from "./FailingGrid.module.css";
import { cellErrors, cellText, rowErrors, tellingColumns, type ShownRow } from "./rows";

const keyOf = (line: number, column: number): string => `${line}:${column}`;

/** Failing rows on a desk: a grid whose bad cells are marked, walked and mended by keyboard or pointer. */
export function FailingGrid({ plan, draft, rows, onCorrect, onSkip }: RowsProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [showAll, setShowAll] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  /** The cell that gets the focus back once its input is gone. */
  const [returning, setReturning] = useState<string | null>(null);
  const telling = tellingColumns(rows, draft, plan.columns.length);
  const everything = [...new Set([...plan.columns.map(({ number }) => number), ...telling])].sort((a, b) => a - b);
  const columns = showAll ? everything : telling;
  useEffect(() => {
    if (returning === null || editing !== null) return;
    frame.current?.querySelector<HTMLElement>(`[data-cell="${returning}"]`)?.focus();
    setReturning(null);
  }, [returning, editing]);
  const commit = (row: ShownRow, column: number, text: string) => {
    if (text !== cellText(row, column, draft)) onCorrect(row.line, column, text);
  };
  const nextBad = (key: string, step: 1 | -1): string | undefined => {
    const bad = [...(frame.current?.querySelectorAll<HTMLElement>("td[data-bad]") ?? [])].map((cell) => cell.dataset["key"]);
    return bad[bad.indexOf(key) + step];
  };
  return (
    <>
      {everything.length > telling.length && (
        <div>
          <Button variant="default" size="sm" aria-pressed={showAll} onClick={() => setShowAll(!showAll)}>
            {t(showAll ? "imports.telling_columns" : "imports.all_columns", { count: everything.length })}
          </Button>
        </div>
      )}
      <ChoiceLists object={plan.object} draft={draft} />
      <div ref={frame} className={styles.frame} tabIndex={-1}>
        <table role="grid" className={styles.grid} aria-label={t("imports.failing")} onKeyDown={walk}>
          <thead>
            <tr>
              <th scope="col">{t("imports.line")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  <ColumnHead plan={plan} column={column} to={draft.places?.[column]?.to} />
                </th>
              ))}
              <th scope="col">{t("imports.row_actions")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line} data-state={row.state}>
                <RowHead row={row} />
                {columns.map((column) => {
                  const key = keyOf(row.line, column);
                  const errors = cellErrors(row, column);
                  const isChanged = draft.corrections[row.line]?.[column] !== undefined;
                  const isCut = row.cut.includes(column) && !isChanged;
                  return (
                    <td key={column} data-key={key} data-bad={errors.length > 0 || undefined} data-changed={isChanged || undefined}>
                      {editing === key ? (
                        <CellInput
                          label={`${t("imports.line_n", { line: row.line })}, ${nameOf(t, plan, column)}`}
                          text={isCut ? "" : cellText(row, column, draft)}
                          field={draft.places?.[column]?.to}
                          onCommit={(text) => commit(row, column, text)}
                          onEnd={(how) => {
                            const next = how === "next" ? nextBad(key, 1) : how === "back" ? nextBad(key, -1) : undefined;
                            setEditing(next ?? null);
                            if (how === "enter" || how === "escape") setReturning(key);
                            return next !== undefined;
                          }}
                        />
                      ) : (
                        <span className={styles.cell}>
                          <button
                            type="button"
                            className={styles.text}
                            data-cell={key}
                            tabIndex={errors.length > 0 ? 0 : -1}
                            aria-invalid={errors.length > 0 || undefined}
                            aria-describedby={errors.length > 0 ? `error-${key}` : undefined}
                            disabled={row.state === "left_out"}
                            onClick={() => setEditing(key)}
                          >
                            {cellText(row, column, draft) || <span className={styles.blank}>{t("imports.empty_cell")}</span>}
                            {isCut && "…"}
                          </button>
                          {isChanged && (
                            <button
                              type="button"
                              className={styles.back}
                              tabIndex={-1}
                              aria-label={t("imports.take_correction_back")}
                              title={t("imports.take_correction_back")}
                              onClick={() => onCorrect(row.line, column, null)}
                            >
                              <Icon name="undo" size={15} />
                            </button>
                          )}
                        </span>
                      )}
                      <Errors id={`error-${key}`} errors={errors} />
                    </td>
                  );
                })}
                <td>
                  <Button variant="default" size="sm" className={styles.skip} onClick={() => onSkip(row.line, row.state !== "left_out")}>
                    {t(row.state === "left_out" ? "imports.take_in" : "imports.leave_out")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const nameOf = (t: ReturnType<typeof useTranslation>["t"], plan: ImportPlan, column: number): string =>
  columnName(t, plan.columns[column - 1] ?? { heading: null, number: column });

/** Arrows walk from cell to cell, as in a spreadsheet. */
function walk(event: KeyboardEvent<HTMLTableElement>) {
  const cell = (event.target as HTMLElement).closest("td");
  const row = cell?.parentElement as HTMLTableRowElement | undefined;
  if (!cell || !row || (event.target as HTMLElement).tagName === "INPUT") return;
  const beside: Record<string, Element | null | undefined> = {
    ArrowLeft: cell.previousElementSibling,
    ArrowRight: cell.nextElementSibling,
    ArrowUp: (row.previousElementSibling as HTMLTableRowElement | null)?.cells[cell.cellIndex],
    ArrowDown: (row.nextElementSibling as HTMLTableRowElement | null)?.cells[cell.cellIndex],
  };
  const to = beside[event.key]?.querySelector<HTMLElement>("button");
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function ColumnHead({ plan, column, to }: { plan: ImportPlan; column: number; to: string | undefined }) {
  const { t } = useTranslation();
  const model = useModel();
  const label = to === undefined ? t("imports.not_imported") : model.fieldLabel(plan.object, to.split(".")[0] ?? to);
  const name = nameOf(t, plan, column);
  return (
    <>
      {name}
      {label !== name && <span className={styles.field}>{label}</span>}
    </>
  );
}

function RowHead({ row }: { row: ShownRow }) {
  return (
    <th scope="row">
      {row.line}
      <RowState state={row.state} />
      <Errors id={`error-${row.line}`} errors={row.state === "left_out" ? [] : rowErrors(row)} />
    </th>
  );
}

function RowState({ state }: { state: ShownRow["state"] }) {
  const { t } = useTranslation();
  if (state === "left_out") return <Badge>{t("imports.row_left_out")}</Badge>;
  if (state !== "fixed") return null;
  return (
    <Badge tone="good" icon="check">
      {t("imports.row_fixed")}
    </Badge>
  );
}

function Errors({ id, errors }: { id: string; errors: string[] }) {
  if (errors.length === 0) return null;
  return (
    <span id={id} className={styles.error}>
      <Icon name="warning" size={14} />
      <span>{errors.join(" ")}</span>
    </span>
  );
}
