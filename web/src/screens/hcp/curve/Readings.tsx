import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { formatDay } from "../../../lib/dates";
import { DirectionWord, type Direction } from "../../../ui/Direction";
import { Table, type Column } from "../../../ui/Table";
import { TemperatureBadge } from "../../../ui/Temperature";
import styles from "./Curve.module.css";
import type { Mark } from "./marks";

/** Every reading, the newest first: the curve for those who would rather read it. */
export function Readings({ readings, chosen }: { readings: Mark[]; chosen: string | null }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const rank = (code: string) => model.rank("hcp", "temperature", code) ?? 0;
  const direction = (mark: Mark): Direction | null => {
    if (mark.previous === null) return null;
    const moved = rank(mark.code) - rank(mark.previous);
    return moved > 0 ? "up" : moved < 0 ? "down" : "steady";
  };
  const columns: Column<Mark>[] = [
    {
      key: "at",
      head: t("curve.when"),
      cell: (mark) => {
        const day = formatDay(new Date(mark.at).toISOString(), i18n.language, me.zone);
        if (mark.visit === null) return day;
        return (
          <Link to="/visit/$id" params={{ id: mark.visit }} className={styles.link} title={t("curve.open_visit")} data-chosen={mark.key === chosen || undefined}>
            {day}
          </Link>
        );
      },
    },
    { key: "value", head: model.fieldLabel("hcp", "temperature"), cell: (mark) => <TemperatureBadge code={mark.code} /> },
    { key: "direction", head: model.fieldLabel("hcp", "temperature_direction"), cell: (mark) => <DirectionWord direction={direction(mark)} /> },
    { key: "by", head: model.fieldLabel("temperature_reading", "by"), cell: (mark) => mark.by ?? "–" },
    {
      key: "why",
      head: model.fieldLabel("temperature_reading", "reason"),
      cell: (mark) => [mark.product, mark.text].filter(Boolean).join(" · ") || "–",
    },
  ];
  return <Table label={t("curve.table")} columns={columns} rows={readings} rowKey={({ key }) => key} />;
}
