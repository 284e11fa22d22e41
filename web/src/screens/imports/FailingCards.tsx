import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Badge } from "../../ui/marks";
import type { RowsProps } from "./Check";
import { ChoiceLists } from "./ChoiceLists";
import { columnName } from "./columnName";
import styles from "./FailingCards.module.css";
import { cellErrors, cellText, rowErrors, tellingColumns, type ShownRow } from "./rows";

/** Failing rows on a phone: a card each, with the bad cells open to be mended by thumb. */
export function FailingCards(props: RowsProps) {
  const { t } = useTranslation();
  const { plan, draft, rows } = props;
  return (
    <>
      <ChoiceLists object={plan.object} draft={draft} />
      <ul className={styles.cards} aria-label={t("imports.failing")}>
        {rows.map((row) => (
          <Card key={row.line} {...props} row={row} />
        ))}
      </ul>
    </>
  );
}

function Card({ plan, draft, rows, row, onCorrect, onSkip }: RowsProps & { row: ShownRow }) {
  const { t } = useTranslation();
  const columns = tellingColumns(rows, draft, plan.columns.length);
  const isOut = row.state === "left_out";
  const isOpen = (column: number) =>
    cellErrors(row, column).length > 0 || draft.corrections[row.line]?.[column] !== undefined || column > plan.columns.length;
  const open = isOut ? [] : columns.filter(isOpen);
  const others = columns.filter((column) => !open.includes(column));
  const which = others.map((column) => cellText(row, column, draft)).filter((text) => text !== "").slice(0, 2);
  const input = (column: number) => (
    <CardCell
      key={column}
      name={columnName(t, plan.columns[column - 1] ?? { heading: null, number: column })}
      isCut={row.cut.includes(column) && draft.corrections[row.line]?.[column] === undefined}
      text={cellText(row, column, draft)}
      field={draft.places?.[column]?.to}
      error={cellErrors(row, column).join(" ")}
      onCommit={(text) => onCorrect(row.line, column, text)}
    />
  );
  return (
    <li className={styles.card} data-state={row.state}>
      <header className={styles.head}>
        <h3>{t("imports.line_n", { line: row.line })}</h3>
        <span className={styles.which}>{which.join(" · ")}</span>
        {row.state === "fixed" && (
          <Badge tone="good" icon="check">
            {t("imports.row_fixed")}
          </Badge>
        )}
        {isOut && <Badge>{t("imports.row_left_out")}</Badge>}
      </header>
      {!isOut && rowErrors(row).map((error) => <p key={error} className={styles.error}>{error}</p>)}
      {open.map(input)}
      {!isOut && others.length > 0 && (
        <details className={styles.others}>
          <summary>{t("imports.other_cells", { count: others.length })}</summary>
          <div className={styles.cells}>{others.map(input)}</div>
        </details>
      )}
      <div>
        <Button variant="default" size="md" onClick={() => onSkip(row.line, !isOut)}>
          {t(isOut ? "imports.take_in" : "imports.leave_out")}
        </Button>
      </div>
    </li>
  );
}

interface CardCellProps {
  name: string;
  text: string;
  /** Only its beginning is here: what is typed takes the place of all of it. */
  isCut: boolean;
  field: string | undefined;
  error: string;
  onCommit: (text: string) => void;
}

/** Kept when it is left, so that the card does not move while somebody types. */
function CardCell({ name, text, isCut, field, error, onCommit }: CardCellProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null && typed !== text) onCommit(typed);
    setTyped(null);
  };
  return (
    <TextInput
      size="md"
      label={name}
      error={error || undefined}
      description={isCut ? t("imports.cut_cell") : undefined}
      value={typed ?? (isCut ? "" : text)}
      {...(field === undefined ? {} : { list: `choices-${field}` })}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) commit();
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
