import { useTranslation } from "react-i18next";
import type { Stakeholder } from "../../../api/hco";
import { useModel } from "../../../api/queries";
import { weightOf } from "./bands";
import styles from "./Map.module.css";

/** How much somebody's word weighs: three bars, and the word; `plain` where a heading says what it is. */
export function Influence({ person, plain = false }: { person: Pick<Stakeholder, "influence">; plain?: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const weight = weightOf(model, person);
  const level = person.influence
    ? model.choiceLabel("hcp", "influence_on_doctors", person.influence)
    : t("hco.influence_unknown");
  return (
    <span className={styles.influence}>
      <svg width="15" height="13" viewBox="0 0 15 13" aria-hidden="true" focusable="false">
        {[1, 2, 3].map((bar) => (
          <rect key={bar} x={(bar - 1) * 5.5} y={12 - bar * 4} width="4" height={bar * 4} rx="1" data-filled={bar <= weight || undefined} />
        ))}
      </svg>
      {plain ? level : t("hco.influence", { level })}
    </span>
  );
}
