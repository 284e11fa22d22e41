import type { Widget } from "../../api/dashboard";
import { useModel } from "../../api/queries";
import { picture, topOf, type Point } from "./course";
import styles from "./Figures.module.css";

const width = 120;
const height = 34;
const edge = 4;

/** A figure's course beside its numbers, the oldest period at the left. The numbers say the same: it is for the eye only. */
export function Course({ widget }: { widget: Widget }) {
  const model = useModel();
  const ranks = widget.of === undefined ? [] : model.choices(widget.object, widget.of).flatMap(({ rank }) => rank ?? []);
  const { runs, points } = picture(widget, topOf(widget, ranks.length === 0 ? null : Math.max(...ranks)), width, height);
  const last = points.at(-1);
  return (
    <svg
      className={styles.picture}
      width={width + 2 * edge}
      height={height + 2 * edge}
      viewBox={`${-edge} ${-edge} ${width + 2 * edge} ${height + 2 * edge}`}
      aria-hidden="true"
    >
      <line className={styles.ground} x1={0} x2={width} y1={height} y2={height} />
      {runs.map((run) => (
        <Run key={run[0]?.period} run={run} />
      ))}
      {last !== undefined && <circle className={styles.end} cx={last.x} cy={last.y} r={3} />}
    </svg>
  );
}

/** One point alone is a dot, for a line of it would not be seen. */
function Run({ run }: { run: Point[] }) {
  const [first] = run;
  if (first !== undefined && run.length === 1) return <circle className={styles.end} cx={first.x} cy={first.y} r={2} />;
  return <polyline className={styles.line} points={run.map(({ x, y }) => `${x},${y}`).join(" ")} />;
}
