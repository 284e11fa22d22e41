import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { steps, type Reading } from "./curve";
import styles from "./Pack.module.css";

const width = 400;
const height = 150;
const left = 140;

/** The readings of the pack on the scale's own lines: a temperature holds until somebody sees another one. */
export function PackCurve({ readings }: { readings: AnyRecord[] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const scale = [...model.choices("hcp", "temperature")].sort((a, b) => (b.rank ?? 0) - (a.rank ?? 0));
  const items = [...readings].reverse().filter((one) => typeof one["at"] === "string" && typeof one["value"] === "string");
  const rows = items.flatMap((one): Reading[] => {
    const row = scale.findIndex((choice) => choice.code === one["value"]);
    return row < 0 ? [] : [{ at: Date.parse(String(one["at"])), code: String(one["value"]), row }];
  });
  if (rows.length === 0) return null;
  const curve = steps(rows, scale.length, { width, height, left, now: Date.now() });
  const first = items[0];
  const words = items
    .slice(-6)
    .map((one) => `${formatDay(String(one["at"]), i18n.language, me.zone)} ${model.choiceLabel("hcp", "temperature", String(one["value"]))}`)
    .join(", ");
  return (
    <figure className={styles.curveFrame}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("hcp.curve", { points: words })} className={styles.curve}>
        {scale.map((choice, row) => (
          <g key={choice.code}>
            <text x={0} y={curve.yOf(row) + 4} className={styles.scale}>
              {model.label(choice)}
            </text>
            <line x1={left} x2={width} y1={curve.yOf(row)} y2={curve.yOf(row)} className={styles.rule} />
          </g>
        ))}
        <path d={curve.path} className={styles.line} />
        {curve.points.map((point, index) => (
          <circle key={index} cx={point.x} cy={point.y} r={4.5} data-temperature={point.code} className={styles.dot} />
        ))}
      </svg>
      {first !== undefined && (
        <figcaption className={styles.meta}>{t("handover.curve_since", { when: formatDay(String(first["at"]), i18n.language, me.zone) })}</figcaption>
      )}
    </figure>
  );
}
