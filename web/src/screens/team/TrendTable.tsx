import { useTranslation } from "react-i18next";
import type { Group, Period, Widget } from "../../api/dashboard";
import { useMe, useModel } from "../../api/queries";
import type { Model } from "../../api/model";
import { RecordsLink } from "../../ui/RecordsLink";
import { NotNarrowed } from "../../ui/NotNarrowed";
import { Course } from "./Course";
import styles from "./Figures.module.css";
import { isUnderWay, periodTitle } from "./periods";

/** Figures by period, the newest first: every number with its records, and below what each says. */
export function TrendTable({ widgets }: { widgets: Widget[] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const periods = (widgets[0]?.periods ?? []).map((period, index) => ({ period, index })).reverse();
  return (
    <div className={styles.card}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("figures.trust")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("figures.number")}</th>
              {periods.length > 1 && (
                <th scope="col" className={styles.course}>
                  {t("figures.course")}
                </th>
              )}
              {periods.map(({ period, index }) => (
                <th key={index} scope="col">
                  {periodTitle(period, i18n.language, me.zone, t)}
                  {isUnderWay(period) && <span className={styles.n}>{t("figures.so_far")}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {widgets.map((widget) => (
              <tr key={widget.name} data-figure={widget.name}>
                <th scope="row">
                  {widget.label}
                  {periods.length > 1 && (
                    <span className={styles.courseUnder}>
                      <Course widget={widget} />
                    </span>
                  )}
                  <NotNarrowed by={widget.ignoredLabels} />
                </th>
                {periods.length > 1 && (
                  <td className={styles.course}>
                    <Course widget={widget} />
                  </td>
                )}
                {periods.map(({ period, index }) => (
                  <td key={index}>
                    <Cell widget={widget} period={period} group={widget.groups.find((one) => one.period === index)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className={styles.definitions}>
        {widgets.map(
          ({ name, label, help }) =>
            help !== undefined && (
              <div key={name}>
                <dt>{label}</dt>
                <dd>{help}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

/** A share as percents, a step of a scale by its word where it is one person's, other numbers with two digits at most. */
function valueWords(widget: Widget, { value, n }: Group, language: string, model: Model): string {
  if (value === null) return "—";
  if (widget.measure === "share") return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
  if (widget.measure !== "mean" || widget.of === undefined || n !== 1) return number;
  const choice = model.choices(widget.object, widget.of).find(({ rank }) => rank === value);
  return choice === undefined ? number : `${number} ${model.choiceLabel(widget.object, widget.of, choice.code)}`;
}

function Cell({ widget, period, group }: { widget: Widget; period: Period; group: Group | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  if (group === undefined) return <span className={styles.empty}>{t("figures.none")}</span>;
  const value = valueWords(widget, group, i18n.language, model);
  const words = t("figures.cell", { what: widget.label, period: periodTitle(period, i18n.language, me.zone, t), value, n: group.n ?? 0 });
  return (
    <RecordsLink object={widget.object} filter={group.filter} className={styles.number} label={words}>
      {value}
      {group.n !== undefined && <span className={styles.n}>{t("figures.n", { n: group.n })}</span>}
    </RecordsLink>
  );
}
