import { useTranslation } from "react-i18next";
import { numberRows, type NumberRow, type Widget } from "../../api/dashboard";
import { inARow } from "../../lib/inARow";
import { NotNarrowed } from "../../ui/NotNarrowed";
import { RecordsLink } from "../../ui/RecordsLink";
import styles from "./Team.module.css";

/** A row a person, a column a number: at a desk a table, on a phone a card a person. */
export function Numbers({ widgets, label }: { widgets: Widget[]; label: string }) {
  const { t } = useTranslation();
  const rows = numberRows(widgets);
  return (
    <div className={styles.frame}>
      <table className={styles.numbers} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t("team.member")}</th>
            {widgets.map((widget) => (
              <th key={widget.name} scope="col" title={widget.help}>
                {widget.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} widgets={widgets} />
          ))}
        </tbody>
      </table>
      <Ignored widgets={widgets} />
    </div>
  );
}

/** Which of the numbers are wider than what was chosen, those of the same choice in one sentence. */
function Ignored({ widgets }: { widgets: Widget[] }) {
  const { i18n } = useTranslation();
  const wider = widgets.filter(({ ignoredLabels = [] }) => ignoredLabels.length > 0);
  const choices = [...new Set(wider.map(({ ignoredLabels }) => JSON.stringify(ignoredLabels)))];
  return (
    <div className={styles.ignored}>
      {choices.map((choice) => {
        const figures = wider.filter(({ ignoredLabels }) => JSON.stringify(ignoredLabels) === choice).map(({ label }) => label);
        return <NotNarrowed key={choice} by={JSON.parse(choice) as string[]} figure={inARow(i18n.language, figures)} />;
      })}
    </div>
  );
}

/** Numbers that say that something was left undone. */
const isConcern = (name: string): boolean => /late|unseen/.test(name);

function Row({ row, widgets }: { row: NumberRow; widgets: Widget[] }) {
  const { t } = useTranslation();
  const name = row.title || t("team.unassigned");
  return (
    <tr>
      <th scope="row">{name}</th>
      {widgets.map((widget) => {
        const cell = row.cells[widget.name];
        return (
          <td key={widget.name} data-label={widget.label} data-number={widget.name}>
            {cell === undefined ? (
              <span className={styles.zero}>0</span>
            ) : (
              <RecordsLink
                object={widget.object}
                filter={cell.filter}
                className={isConcern(widget.name) ? styles.concern : styles.number}
                label={t("team.number_of", { what: widget.label, name, count: cell.value })}
              >
                {cell.value}
              </RecordsLink>
            )}
          </td>
        );
      })}
    </tr>
  );
}
