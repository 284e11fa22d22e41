import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { backtestQuery, isUnderWay, type Backtest, type ScoreRule } from "../../api/curve";
import { useMe, useModel } from "../../api/queries";
import { formatDay } from "../../lib/dates";
import { inARow } from "../../lib/inARow";
import { Button } from "../../ui/Button";
import { Progress } from "../../ui/marks";
import { ErrorNotice, Section } from "../../ui/parts";
import { Table, type Column } from "../../ui/Table";
import { ChooseOne } from "../../ui/Tiles";
import styles from "./Warning.module.css";

const horizons = ["30", "60", "90", "180"];

/** The rule replayed on the past year, beside a plain rule and what happens anyway. */
export function Figures({ rule }: { rule: ScoreRule }) {
  const { t } = useTranslation();
  const own = String(rule.check?.horizon ?? 90);
  const [horizon, setHorizon] = useState(own);
  const [asked, ask] = useState(false);
  const figures = useQuery({ ...backtestQuery(rule.score, Number(horizon)), enabled: asked });
  const choices = [...new Set([...horizons, own])].sort((a, b) => Number(a) - Number(b));
  return (
    <Section title={t("warning.figures")} icon="history">
      <p className={styles.about}>{t("warning.figures_about", { event: rule.check?.label ?? "", plain: rule.check?.plain_label ?? "" })}</p>
      <ChooseOne
        legend={t("warning.horizon")}
        name="horizon"
        value={horizon}
        onChange={(value) => setHorizon(value)}
        options={choices.map((value) => ({ value, label: t("warning.days", { count: Number(value) }) }))}
      />
      {figures.data === undefined && (
        <Button variant="default" size="md" className={styles.ask} onClick={() => ask(true)} loading={figures.isFetching}>
          {t("warning.work_out")}
        </Button>
      )}
      {figures.isError && <ErrorNotice error={figures.error} retry={() => void figures.refetch()} />}
      {figures.data !== undefined &&
        (isUnderWay(figures.data) ? (
          <div role="status">
            <Progress label={t("warning.working_out", { count: figures.data.looks })} value={figures.data.done} max={figures.data.looks} />
          </div>
        ) : (
          <Told figures={figures.data} rule={rule} />
        ))}
    </Section>
  );
}

interface Line {
  name: string;
  help: string;
  rule: string;
  plain: string;
}

function Told({ figures, rule }: { figures: Backtest; rule: ScoreRule }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(i18n.language);
  const share = (value: number | null) => (value === null ? "–" : percent.format(value));
  const days = (value: number | null) => (value === null ? "–" : t("warning.days", { count: value }));
  const { rule: own, plain } = figures;
  const both = (of: (side: Backtest["rule"]) => string) => ({ rule: of(own), plain: of(plain) });
  const base = share(figures.base_rate);
  const lines: Line[] = [
    { name: t("warning.precision"), help: t("warning.precision_help", { count: figures.horizon }), ...both((side) => share(side.precision)) },
    { name: t("warning.base_rate"), help: t("warning.base_rate_help", { count: figures.horizon }), rule: base, plain: base },
    { name: t("warning.recall"), help: t("warning.recall_help", { count: figures.events }), ...both((side) => share(side.recall)) },
    { name: t("warning.lead"), help: t("warning.lead_help"), ...both((side) => days(side.lead_days)) },
    { name: t("warning.marked"), help: t("warning.marked_help", { count: figures.asked }), ...both((side) => number.format(side.marked)) },
  ];
  const columns: Column<Line>[] = [
    {
      key: "name",
      head: t("warning.figure"),
      cell: ({ name, help }) => (
        <>
          {name}
          <span className={styles.help}>{help}</span>
        </>
      ),
    },
    { key: "rule", head: rule.label, cell: (line) => line.rule, align: "end" },
    { key: "plain", head: rule.check?.plain_label ?? "", cell: (line) => line.plain, align: "end" },
  ];
  const day = (value: string) => formatDay(value, i18n.language, me.zone);
  // "promise.state" is a field of another object.
  const labelOf = (path: string): string => {
    const [object, field] = path.split(".");
    return field === undefined ? model.fieldLabel(rule.object, path) : `${model.objectLabel(object ?? "")} – ${model.fieldLabel(object ?? "", field)}`;
  };
  return (
    <>
      <Table label={t("warning.figures")} columns={columns} rows={lines} rowKey={({ name }) => name} />
      <p className={styles.about}>
        {t("warning.period", { from: day(figures.from), to: day(figures.to), count: figures.looks, step: figures.step })}{" "}
        {figures.by_journal.length > 0 &&
          `${t("warning.by_journal", { fields: inARow(i18n.language, figures.by_journal.map(labelOf)) })} `}
        {figures.as_today.length > 0 &&
          t("warning.as_today", { fields: inARow(i18n.language, figures.as_today.map(labelOf)) })}
      </p>
    </>
  );
}
