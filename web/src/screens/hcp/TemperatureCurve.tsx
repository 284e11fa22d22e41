import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { readingsQuery, useMe, useModel } from "../../api/queries";
import { formatDay } from "../../lib/dates";
import styles from "./TemperatureCurve.module.css";

const width = 320;
const height = 56;
const margin = 6;

interface Point {
  x: number;
  y: number;
  code: string;
}

/** The readings over time as a stepped line: a temperature holds until somebody sees another one. */
export function TemperatureCurve({ hcp }: { hcp: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const readings = useQuery(readingsQuery(hcp));
  const items = [...(readings.data?.items ?? [])].reverse().filter((item) => item.at && item.value);
  const scale = model.choices("hcp", "temperature").map((choice) => choice.rank ?? 0);
  const points = place(
    items.map((item) => ({
      at: Date.parse(item.at ?? ""),
      code: item.value ?? "",
      rank: model.rank("hcp", "temperature", item.value ?? "") ?? 0,
    })),
    Math.min(...scale),
    Math.max(...scale),
  );
  const words = items
    .slice(-6)
    .map((item) => `${formatDay(item.at ?? "", i18n.language, me.zone)} ${model.choiceLabel("hcp", "temperature", item.value ?? "")}`)
    .join(", ");
  // The frame keeps its height while the readings come, so that nothing below it moves.
  return (
    <div className={styles.frame}>
      {points.length > 0 && (
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMid meet" role="img" aria-label={t("hcp.curve", { points: words })} className={styles.curve}>
          <path d={steps(points)} className={styles.line} />
          {points.map((point) => (
            <circle key={point.x} cx={point.x} cy={point.y} r="4" data-temperature={point.code} className={styles.dot} />
          ))}
        </svg>
      )}
    </div>
  );
}

function place(readings: { at: number; code: string; rank: number }[], lowest: number, highest: number): Point[] {
  const first = readings[0]?.at ?? 0;
  const span = Math.max(1, Date.now() - first);
  const range = Math.max(1, highest - lowest);
  return readings.map(({ at, code, rank }) => ({
    x: margin + ((at - first) / span) * (width - 2 * margin),
    y: height - margin - ((rank - lowest) / range) * (height - 2 * margin),
    code,
  }));
}

function steps(points: Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  return `M${first.x} ${first.y}${rest.map((point) => `H${point.x}V${point.y}`).join("")}H${width - margin}`;
}
