import { useTranslation } from "react-i18next";
import { FieldPicker } from "../condition/FieldPicker";
import type { PathField } from "../condition/schema";
import { useSchema } from "../condition/useReading";
import { ActionIcon, Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import { writeColumns, type Column } from "./address";
import type { CellFormat } from "./cells";
import styles from "./List.module.css";
import type { ListState } from "./useListState";

/** Which columns the list has, and in which order; a field can be one through a reference. */
export function ColumnsButton({ list, cells }: { list: ListState; cells: CellFormat }) {
  const { t } = useTranslation();
  return (
    <Popover
      label={t("list.columns")}
      align="end"
      trigger={(props) => (
        <Button variant="default" size="sm" className={styles.tool} leftSection={<Icon name="columns" size={16} />} {...props}>
          {t("list.columns")}
        </Button>
      )}
    >
      <Columns list={list} cells={cells} />
    </Popover>
  );
}

function Columns({ list, cells }: { list: ListState; cells: CellFormat }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const { columns } = list;
  const put = (next: Column[]) => list.set({ columns: writeColumns(next) });
  const move = (at: number, by: number) => {
    const next = [...columns];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    put(next);
  };
  const known = new Set(columns.map(({ path }) => path));
  return (
    <div className={styles.columns}>
      <ul aria-label={t("list.columns")}>
        {columns.map(({ path }, at) => (
          <li key={path} className={styles.column}>
            <span>{cells.label(path)}</span>
            {/* The first names the record: it stays, and stays first. */}
            {at > 0 && (
              <>
                <Move icon="up" label={t("list.column_up", { field: cells.label(path) })} disabled={at === 1} act={() => move(at, -1)} />
                <Move icon="down" label={t("list.column_down", { field: cells.label(path) })} disabled={at === columns.length - 1} act={() => move(at, 1)} />
                <Move icon="close" label={t("list.column_remove", { field: cells.label(path) })} act={() => put(columns.filter((_, index) => index !== at))} />
              </>
            )}
          </li>
        ))}
      </ul>
      <FieldPicker
        key={columns.length}
        label={t("list.column_add")}
        object={list.object}
        schema={schema}
        value={null}
        onChange={(path) => put([...columns, { path }])}
        accepts={(field: PathField) => field.field !== null && field.kind !== "opaque" && !known.has(field.path)}
      />
    </div>
  );
}

interface MoveProps {
  icon: "up" | "down" | "close";
  label: string;
  act: () => void;
  disabled?: boolean;
}

function Move({ icon, label, act, disabled = false }: MoveProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} onClick={act} aria-label={label} disabled={disabled}>
      <Icon name={icon} size={16} />
    </ActionIcon>
  );
}
