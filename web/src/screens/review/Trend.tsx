import { useTranslation } from "react-i18next";
import styles from "./Review.module.css";

const height = 28;
const step = 12;

/** How often in each week, the present one last: bars for the eye, numbers for everybody else. */
export function Trend({ weeks }: { weeks: number[] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...weeks);
  return (
    <svg
      className={styles.trend}
      role="img"
      aria-label={t("review.trend", { numbers: weeks.join(", ") })}
      width={weeks.length * step}
      height={height}
      viewBox={`0 0 ${weeks.length * step} ${height}`}
    >
      {weeks.map((count, week) => {
        const tall = count === 0 ? 2 : Math.max(4, (count / most) * height);
        const isNow = week === weeks.length - 1;
        return <rect key={week} x={week * step + 1} y={height - tall} width={step - 3} height={tall} rx={2} data-now={isNow || undefined} />;
      })}
    </svg>
  );
}
