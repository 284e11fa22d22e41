import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mapQuery, type InstitutionTemperature as Told } from "../../api/hco";
import { useMe, useModel } from "../../api/queries";
import type { Hco } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { TemperatureBadge, TemperatureShape } from "../../ui/Temperature";
import styles from "./HcoPage.module.css";

/** How warm the institution is, what that is made of, and who says otherwise. */
export function InstitutionTemperature({ hco }: { hco: Hco }) {
  const { t } = useTranslation();
  const model = useModel();
  const told = useQuery(mapQuery(hco.id)).data?.temperature ?? null;
  return (
    <section className={styles.box} aria-label={model.fieldLabel("hco", "temperature")}>
      <p className={styles.label}>{model.fieldLabel("hco", "temperature")}</p>
      <p className={styles.now}>
        <TemperatureBadge code={hco.temperature} large />
        {hco.temperature_override && (
          <span className={styles.soft}>
            {t("hco.derived_beside")} <TemperatureBadge code={hco.temperature_derived} />
          </span>
        )}
      </p>
      <div className={styles.made}>
        {told?.override && <Override override={told.override} />}
        {told !== null && <Parts told={told} />}
      </div>
    </section>
  );
}

function Override({ override }: { override: NonNullable<Told["override"]> }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const day = (value: string) => formatDay(value, i18n.language, me.zone);
  const who = [override.by_name, override.at === null ? null : day(override.at)].filter(Boolean).join(" · ");
  return (
    <p className={styles.soft}>
      {t("hco.overridden", { reason: override.reason ?? "" })}
      {who !== "" && ` (${who})`}
      {override.until !== null && ` ${t("hco.overridden_until", { day: day(override.until) })}`}
    </p>
  );
}

/** The formula in words, and each person's part in it. */
function Parts({ told }: { told: Told }) {
  const { t, i18n } = useTranslation();
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  if (told.parts.length === 0 && told.hidden.count === 0) return <p className={styles.soft}>{t("hco.not_derived")}</p>;
  return (
    <details className={styles.parts}>
      <summary>
        {told.mean === null
          ? t("hco.made_of_none")
          : t("hco.made_of", { count: told.known, mean: number.format(told.mean) })}
      </summary>
      <p className={styles.soft}>
        <Formula told={told} />
      </p>
      <ul>
        {told.parts
          .toSorted((a, b) => b.share - a.share)
          .map((part) => (
            <li key={part.hcp}>
              <TemperatureShape code={part.value} size={15} />
              <Link to="/hcp/$id" params={{ id: part.hcp }}>
                {part.title}
              </Link>
              <span className={styles.soft}>
                {part.weight === 0
                  ? t("hco.part_left_out")
                  : t("hco.part", { weight: part.weight, share: percent.format(part.share) })}
              </span>
            </li>
          ))}
      </ul>
      {told.hidden.count > 0 && (
        <p className={styles.soft}>
          {t("hco.parts_hidden", { count: told.hidden.count, share: percent.format(told.hidden.share) })}
        </p>
      )}
    </details>
  );
}

function Formula({ told: { formula } }: { told: Told }) {
  const { t } = useTranslation();
  const model = useModel();
  const listed = (items: string[]) => items.join(t("hco.separator"));
  const field = formula.weight_field;
  const weights = formula.weights.map(({ code, weight }) => `${field ? model.choiceLabel("hcp", field, code) : code} ${weight}`);
  const left = formula.left_out.map((code) => model.choiceLabel("hcp", formula.of, code));
  return (
    <>
      {t("hco.formula", {
        of: model.fieldLabel("hcp", formula.of),
        by: field ? model.fieldLabel("hcp", field) : "",
        weights: listed([...weights, t("hco.formula_otherwise", { weight: formula.otherwise })]),
      })}{" "}
      {left.length > 0 && t("hco.formula_left_out", { choices: listed(left) })}{" "}
      {t("hco.formula_minimum", { count: formula.minimum })}
    </>
  );
}
