/** The squares of a ranking's picture, worked out apart from how they are drawn. */
import type { Condition } from "../../api/records";
import type { RankingGrid } from "../../api/value";

export interface Square {
  across: number;
  down: number;
  count: number;
  mean: number;
  /** How many stand there, against the fullest square: 0 for nobody, else 1 to 4. */
  size: number;
  /** The mean of the third measure, rounded to a band. */
  shade: number;
}

const sizes = 4;

/** All squares row by row: the best of what lies down first, the best of what lies across last. */
export function squaresOf(grid: Pick<RankingGrid, "bands" | "highest_best" | "cells">): Square[][] {
  const most = Math.max(1, ...grid.cells.map(({ count }) => count));
  const bands = Array.from({ length: grid.bands }, (_, index) => index + 1);
  const worstFirst = grid.highest_best ? bands : bands.toReversed();
  return worstFirst.toReversed().map((down) =>
    worstFirst.map((across) => {
      const cell = grid.cells.find((one) => one.across === across && one.down === down);
      const count = cell?.count ?? 0;
      const mean = cell?.mean ?? 0;
      return { across, down, count, mean, size: Math.ceil((count / most) * sizes), shade: Math.round(mean) };
    }),
  );
}

/** The condition of the records in a square, and of what the picture was narrowed to. */
export function filterOf(grid: Pick<RankingGrid, "across" | "down">, { across, down }: Square, narrowed?: Condition): Condition {
  const place = [{ "==": [{ var: grid.across.field }, across] }, { "==": [{ var: grid.down.field }, down] }];
  return { and: narrowed === undefined ? place : [narrowed, ...place] };
}
