import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "../../api/records";
import { rankingGridQuery, type RankingGrid as Grid } from "../../api/value";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { RecordsLink } from "../../ui/RecordsLink";
import { filterOf, squaresOf, type Square } from "./grid";
import styles from "./RankingGrid.module.css";

interface RankingGridProps {
  name: string;
  /** What the screen around it is narrowed to. */
  filter?: Condition | undefined;
  heading?: "h1" | "h3";
}

/**
 * How many doctors stand in each pair of bands: a number first, a dot by how many, a shade by the third measure. It is
 * a table, so that it is read and walked as one; the same stands below as a plain list.
 */
export function RankingGrid({ name, filter, heading: Heading = "h3" }: RankingGridProps) {
  const { t } = useTranslation();
  const grid = useQuery(rankingGridQuery(name, filter));
  if (grid.isPending) return <CardSkeletons count={1} height={360} />;
  if (grid.isError) return <ErrorNotice error={grid.error} retry={() => void grid.refetch()} />;
  const { label, help, cells } = grid.data;
  return (
    <div className={styles.box}>
      <Heading className={styles.title}>{label}</Heading>
      {cells.length === 0 ? (
        <EmptyState icon="sort">{t("value.not_ranked")}</EmptyState>
      ) : (
        <>
          <Picture grid={grid.data} filter={filter} />
          <Legend grid={grid.data} />
          <Plain grid={grid.data} filter={filter} />
        </>
      )}
      <details className={styles.soft}>
        <summary className={styles.summary}>{t("value.rule")}</summary>
        <p>{help}</p>
      </details>
    </div>
  );
}

interface PartProps {
  grid: Grid;
  filter: Condition | undefined;
}

const rounded = (mean: number, language: string): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(mean);

function Picture({ grid, filter }: PartProps) {
  const { t } = useTranslation();
  const rows = squaresOf(grid);
  return (
    <table className={styles.grid}>
      <caption className={styles.soft}>{t("value.grid_caption", { across: grid.across.label, down: grid.down.label })}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]?.down}>
            <th scope="row" className={styles.band}>
              <span className={styles.hidden}>{grid.down.label} </span>
              {row[0]?.down}
            </th>
            {row.map((square) => (
              <SquareCell key={square.across} grid={grid} square={square} filter={filter} />
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          {rows[0]?.map(({ across }) => (
            <th key={across} scope="col" className={styles.band}>
              <span className={styles.hidden}>{grid.across.label} </span>
              {across}
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

/** A square in words, for who does not see where it stands. */
function useSaid(grid: Grid): (square: Square) => string {
  const { t, i18n } = useTranslation();
  const names = { across: grid.across.label, down: grid.down.label, inside: grid.inside.label };
  return ({ across, down, count, mean }) =>
    t("value.grid_square", { ...names, x: across, y: down, count, mean: rounded(mean, i18n.language) });
}

function SquareCell({ grid, square, filter }: PartProps & { square: Square }) {
  const { i18n } = useTranslation();
  const said = useSaid(grid)(square);
  if (square.count === 0) return <td className={styles.cell} data-shade="0" />;
  return (
    <td className={styles.cell} data-shade={square.shade}>
      <RecordsLink object={grid.object} filter={filterOf(grid, square, filter)} className={styles.link} label={said}>
        <span className={styles.dot} data-size={square.size} aria-hidden="true" />
        <b>{square.count}</b>
        <span className={styles.mean}>{rounded(square.mean, i18n.language)}</span>
      </RecordsLink>
    </td>
  );
}

/** What the shade and the small figure are. */
function Legend({ grid }: { grid: Grid }) {
  const { t } = useTranslation();
  return (
    <div className={styles.legend}>
      <span>{t("value.grid_axes", { across: grid.across.label, down: grid.down.label })}</span>
      <span className={styles.shades}>
        {grid.inside.label}
        {Array.from({ length: grid.bands }, (_, index) => (
          <span key={index} className={styles.shade} data-shade={index + 1}>
            {index + 1}
          </span>
        ))}
      </span>
    </div>
  );
}

function Plain({ grid, filter }: PartProps) {
  const { i18n, t } = useTranslation();
  const id = useId();
  const saidOf = useSaid(grid);
  const squares = squaresOf(grid)
    .flat()
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  return (
    <details className={styles.soft}>
      <summary className={styles.summary} id={id}>
        {t("value.grid_list")}
      </summary>
      <table className={styles.plain} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{grid.across.label}</th>
            <th scope="col">{grid.down.label}</th>
            <th scope="col">{t("value.grid_count")}</th>
            <th scope="col">{grid.inside.label}</th>
          </tr>
        </thead>
        <tbody>
          {squares.map((square) => (
            <tr key={`${square.across}/${square.down}`}>
              <td>{square.across}</td>
              <td>{square.down}</td>
              <td>
                <RecordsLink object={grid.object} filter={filterOf(grid, square, filter)} className={styles.number} label={saidOf(square)}>
                  {square.count}
                </RecordsLink>
              </td>
              <td>{rounded(square.mean, i18n.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
