import { useTranslation } from "react-i18next";
import type { Group, Widget } from "../../api/dashboard";
import { RecordsLink } from "../../ui/RecordsLink";
import styles from "./Figures.module.css";

/** What changed with an event beside what changed without it: the mean, its spread, and over how many. */
export function Comparison({ widget }: { widget: Widget }) {
  const { t } = useTranslation();
  const least = widget.least ?? 0;
  const few = widget.groups.some(({ n = 0 }) => n < least);
  return (
    <div className={styles.card}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={widget.label}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("figures.group")}</th>
              <th scope="col">{t("figures.mean")}</th>
              <th scope="col">{t("figures.deviation")}</th>
              <th scope="col">{t("figures.doctors")}</th>
            </tr>
          </thead>
          <tbody>
            {widget.groups.map((group) => (
              <Side key={group.by["event"]} object={widget.object} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      {few && (
        <p className={styles.few} role="note">
          {t("figures.few", { least })}
        </p>
      )}
      <p className={styles.note}>{t("figures.n_note")}</p>
    </div>
  );
}

function Side({ object, group }: { object: string; group: Group }) {
  const { t, i18n } = useTranslation();
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: "exceptZero", maximumFractionDigits: 2 });
  const plain = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const title = group.titles["event"] ?? "";
  const many = t("figures.n_of", { n: group.n ?? 0, of: group.of ?? 0 });
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>{group.value === null ? t("figures.none") : t("figures.steps", { value: signed.format(group.value) })}</td>
      <td>{group.deviation === undefined ? t("figures.none") : plain.format(group.deviation)}</td>
      <td>
        {(group.of ?? 0) === 0 ? (
          many
        ) : (
          <RecordsLink object={object} filter={group.filter} className={styles.number} label={`${title} ${many}`}>
            {many}
          </RecordsLink>
        )}
      </td>
    </tr>
  );
}
