import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { titlesQuery } from "../../api/records";
import type { NeedCount } from "../../api/review";
import { RecordLink } from "../../record/RecordLink";
import { Fact } from "../../ui/parts";
import styles from "./Review.module.css";
import { Trend } from "./Trend";

const known = [
  "academic_support", "patient_management", "department_management", "access_and_cost", "clinical_data", "supply_and_device",
] as const;

/** A class of needs: in how many visits, how it moves, and which visits these are. */
export function NeedLine({ need }: { need: NeedCount }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titles = useQuery({ ...titlesQuery({ visit: need.visits }), enabled: isOpen && need.visits.length > 0 });
  const name = known.find((one) => one === need.need);
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <p className={styles.question}>{name === undefined ? need.need : t(`review.need_${name}`)}</p>
        <Trend weeks={need.trend} />
      </div>
      <p className={styles.facts}>
        <Fact icon="meet">{t("review.visits", { count: need.count })}</Fact>
      </p>
      {need.visits.length > 0 && (
        <details className={styles.sources} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t("review.which_visits")}</summary>
          <ul>
            {need.visits.map((id) => {
              const title = titles.data?.[id];
              return title === undefined ? null : (
                <li key={id}>
                  <RecordLink object="visit" id={id} title={title} />
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </li>
  );
}
