import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { formatDay } from "../../../lib/dates";
import { useWidth } from "../../../lib/useWidth";
import { TemperatureShape } from "../../../ui/Temperature";
import styles from "./Curve.module.css";
import type { Mark } from "./marks";
import { share, ticks, within, type Band, type Span } from "./place";
import { useMarkWords } from "./words";

const lane = 32;
const rowHeight = 26;
const right = 14;
const narrow = 520;
/** Narrower than any screen, so that a frame that is not laid out yet draws nothing inside out. */
const least = 240;

interface ChartProps {
  span: Span;
  /** All that can be reached by the arrow keys, in the order of time. */
  marks: Mark[];
  /** Also those before the span: the line begins with the last of them. */
  readings: Mark[];
  bands: Band[];
  chosen: string | null;
  choose: (key: string) => void;
}

/** Drawn to the width that there is, so that texts keep their size. One mark is in the tab order; arrows go on. */
export function Chart({ span, marks, readings, bands, chosen, choose }: ChartProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [frame, measured] = useWidth<HTMLDivElement>(640);
  const width = Math.max(least, measured);
  const group = useRef<SVGGElement>(null);
  const words = useMarkWords();
  const scale = [...model.choices("hcp", "temperature")].sort((a, b) => (b.rank ?? 0) - (a.rank ?? 0));
  const left = width < narrow ? 34 : 152;
  const x = (at: number) => left + share(at, span) * (width - left - right);
  const y = (code: string) => (Math.max(0, scale.findIndex((choice) => choice.code === code)) + 0.5) * lane;
  const bottom = scale.length * lane;
  const rows = { visit: bottom + rowHeight * 0.75, memo: bottom + rowHeight * 1.75 };
  const bandTop = bottom + rowHeight * 2.5;
  const height = bandTop + rowHeight + 26;
  const placed = marks.map((mark) => ({ mark, x: x(mark.at), y: mark.kind === "reading" ? y(mark.code) : rows[mark.kind] }));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -marks.length, End: marks.length }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const index = marks.findIndex(({ key }) => key === chosen);
    const next = marks[Math.min(marks.length - 1, Math.max(0, index + step))];
    if (next === undefined) return;
    choose(next.key);
    group.current?.querySelector<SVGGElement>(`[data-key="${next.key}"]`)?.focus();
  };
  return (
    <div ref={frame} className={styles.frame}>
      <svg width={width} height={height} role="group" aria-label={t("curve.chart")} className={styles.chart}>
        {scale.map((choice) => (
          <g key={choice.code}>
            <line x1={left} x2={width - right} y1={y(choice.code)} y2={y(choice.code)} className={styles.grid} />
            <svg x={left - 26} y={y(choice.code) - 8} width={16} height={16}>
              <TemperatureShape code={choice.code} size={16} />
            </svg>
            {width >= narrow && (
              <text x={left - 34} y={y(choice.code)} className={styles.label} textAnchor="end">
                {model.label(choice)}
              </text>
            )}
          </g>
        ))}
        <Axis span={span} x={x} height={height} most={Math.max(2, Math.floor((width - left) / 84))} />
        {width >= narrow && (
          <>
            <text x={left - 10} y={rows.visit} className={styles.label} textAnchor="end">{t("curve.visits")}</text>
            <text x={left - 10} y={rows.memo} className={styles.label} textAnchor="end">{t("curve.memos")}</text>
            <text x={left - 10} y={bandTop + rowHeight / 2} className={styles.label} textAnchor="end">{t("curve.responsible")}</text>
          </>
        )}
        <Bands bands={bands} x={x} top={bandTop} />
        <path d={line(readings, span, x, y)} className={styles.line} />
        <g ref={group} onKeyDown={onKeyDown}>
          {placed.map(({ mark, ...at }) => (
            <g
              key={mark.key}
              data-key={mark.key}
              data-kind={mark.kind}
              role="button"
              tabIndex={mark.key === chosen ? 0 : -1}
              aria-label={words(mark)}
              aria-pressed={mark.key === chosen}
              transform={`translate(${at.x} ${at.y})`}
              className={styles.mark}
              onClick={() => choose(mark.key)}
              onFocus={() => choose(mark.key)}
            >
              <title>{words(mark)}</title>
              <circle r="13" className={styles.reach} />
              <MarkShape mark={mark} />
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

function MarkShape({ mark }: { mark: Mark }) {
  if (mark.kind === "reading") return <circle r="6" data-temperature={mark.code} className={styles.reading} />;
  if (mark.kind === "visit") return <rect x="-2" y="-8" width="4" height="16" rx="1.5" className={styles.visit} />;
  return <path d="M-5 -6h7l4 4v8h-11z" className={styles.memo} />;
}

/** A temperature holds until somebody sees another one; what was seen before the span leads into it. */
function line(readings: Mark[], span: Span, x: (at: number) => number, y: (code: string) => number): string {
  const before = readings.filter(({ at }) => at < span.from).pop();
  const inside = readings.filter(({ at }) => within(at, span));
  const [first, ...rest] = before === undefined ? inside : [{ ...before, at: span.from }, ...inside];
  if (first === undefined) return "";
  return `M${x(first.at)} ${y(first.code)}${rest.map((mark) => `H${x(mark.at)}V${y(mark.code)}`).join("")}H${x(span.to)}`;
}

function Axis({ span, x, height, most }: { span: Span; x: (at: number) => number; height: number; most: number }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const month = new Intl.DateTimeFormat(i18n.language, { year: "numeric", month: "short", timeZone: me.zone });
  return (
    <>
      {ticks(span, most).map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1={0} y2={height - 22} className={styles.tick} />
          <text x={x(at)} y={height - 10} className={styles.month} textAnchor="middle">
            {month.format(at + 12 * 3_600_000)}
          </text>
        </g>
      ))}
    </>
  );
}

function Bands({ bands, x, top }: { bands: Band[]; x: (at: number) => number; top: number }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const day = (at: number) => formatDay(new Date(at).toISOString(), i18n.language, me.zone);
  return (
    <>
      {bands.map((band, index) => {
        const width = x(band.to) - x(band.from);
        const name = band.name ?? t("curve.nobody");
        return (
          <g key={band.from} role="img" aria-label={t("curve.band", { name, from: day(band.from), to: day(band.to) })}>
            <title>{t("curve.band", { name, from: day(band.from), to: day(band.to) })}</title>
            <rect x={x(band.from)} y={top} width={width} height={rowHeight} className={styles.band} data-odd={index % 2 === 1 || undefined} />
            <svg x={x(band.from)} y={top} width={width} height={rowHeight}>
              <text x={8} y={rowHeight / 2} className={styles.name}>{name}</text>
            </svg>
          </g>
        );
      })}
    </>
  );
}
