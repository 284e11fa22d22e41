import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { curveHandoversQuery, curveReadingsQuery, curveVisitsQuery } from "../../../api/curve";
import { memosQuery, useModel } from "../../../api/queries";
import { expanded, type AnyRecord, type Hcp } from "../../../api/shapes";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../../ui/parts";
import { ChooseOne } from "../../../ui/Tiles";
import { Chart } from "./Chart";
import styles from "./Curve.module.css";
import { Detail } from "./Detail";
import { inTime, memoMark, readingMark, visitMark, type Mark } from "./marks";
import { bandsOf, spanOf, within, type Change } from "./place";
import { Readings } from "./Readings";

const spans = { year: 12, two_years: 24, all: null } as const;
type SpanName = keyof typeof spans;

/** The temperature over time, with what happened and who was responsible; beside it the same as a table. */
export function CurveView({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const readings = useQuery(curveReadingsQuery(hcp.id));
  const visits = useQuery({ ...curveVisitsQuery(hcp.id), enabled: model.may("visit", "read") });
  const memos = useQuery({ ...memosQuery(hcp.id), enabled: model.may("memo", "read") });
  const handovers = useQuery({ ...curveHandoversQuery(hcp.id), enabled: model.may("handover", "read") });
  if (readings.isError) return <ErrorNotice error={readings.error} retry={() => void readings.refetch()} />;
  if (readings.isPending || visits.isLoading || memos.isLoading || handovers.isLoading) {
    return <CardSkeletons count={1} height={340} />;
  }
  if (readings.data.length === 0) return <EmptyState icon="thermometer">{t("curve.empty")}</EmptyState>;
  const records = (items: readonly unknown[] | undefined) => (items ?? []) as AnyRecord[];
  const marks = inTime([
    ...records(readings.data).map(readingMark),
    ...records(visits.data).map(visitMark),
    ...records(memos.data?.items).map(memoMark),
  ]);
  return <Curve hcp={hcp} marks={marks} changes={records(handovers.data).map(changeOf)} />;
}

function changeOf(record: AnyRecord): Change {
  const side = (field: string) => ({ id: (record[field] as string | null) ?? null, name: expanded(record, field)?.title ?? null });
  return { at: Date.parse(String(record["at"])), from: side("from_user"), to: side("to_user") };
}

function Curve({ hcp, marks, changes }: { hcp: Hcp; marks: Mark[]; changes: Change[] }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const [name, setName] = useState<SpanName>("two_years");
  const [chosen, choose] = useState<string | null>(null);
  const span = spanOf(marks.map(({ at }) => at), spans[name], now);
  const shown = marks.filter((mark) => within(mark.at, span));
  const readings = marks.filter(({ kind }) => kind === "reading");
  const selected = shown.find(({ key }) => key === chosen) ?? [...shown].reverse().find(({ kind }) => kind === "reading") ?? shown[shown.length - 1];
  const present = { id: hcp.owner ?? null, name: expanded(hcp, "owner")?.title ?? null };
  return (
    <div className={styles.view}>
      <ChooseOne
        legend={t("curve.span")}
        hiddenLegend
        name="curve_span"
        value={name}
        onChange={(value) => setName(value as SpanName)}
        options={Object.keys(spans).map((value) => ({ value, label: t(`curve.${value as SpanName}`) }))}
      />
      <div className={styles.columns}>
        <div className={styles.drawing}>
          <Chart span={span} marks={shown} readings={readings} bands={bandsOf(changes, present, span)} chosen={selected?.key ?? null} choose={choose} />
          {selected !== undefined && <Detail mark={selected} />}
        </div>
        <Readings readings={[...readings].reverse()} chosen={selected?.key ?? null} />
      </div>
    </div>
  );
}
