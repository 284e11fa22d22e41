import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { membersOf, periodRows, type Widget } from "../../api/dashboard";
import { useMe, useModel } from "../../api/queries";
import { CountBars } from "../../ui/CountBars";
import { Comparison } from "./Comparison";
import styles from "./Figures.module.css";
import { periodTitle } from "./periods";
import { TrendTable } from "./TrendTable";

/** A figure over periods, or one that compares. */
export function FigureView({ widget }: { widget: Widget }) {
  if (widget.form === "compare") return <Comparison widget={widget} />;
  if (widget.groups.some(({ by }) => "temperature" in by)) return <SpreadOverTime widget={widget} />;
  return <TrendTable widgets={[widget]} />;
}

/** How temperatures were spread at the end of each period: of one representative, or of all together. */
function SpreadOverTime({ widget }: { widget: Widget }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [member, setMember] = useState("");
  const members = membersOf(widget);
  const scale = model.choices("hcp", "temperature").map((choice) => choice.code);
  const known = members.some(({ id }) => id === member);
  const rows = periodRows(widget, scale, known ? member : null, (period) => periodTitle(period, i18n.language, me.zone, t));
  const options = [{ value: "", label: t("figures.everyone") }, ...members.map(({ id, title }) => ({ value: id, label: title || t("team.unassigned") }))];
  return (
    <div className={styles.figure}>
      <NativeSelect
        label={t("figures.member")}
        data={options}
        value={known ? member : ""}
        onChange={(event) => setMember(event.currentTarget.value)}
        size="md"
        className={styles.member}
      />
      <CountBars object={widget.object} ownRows={rows} heading={t("figures.period")} label={widget.label} />
    </div>
  );
}
