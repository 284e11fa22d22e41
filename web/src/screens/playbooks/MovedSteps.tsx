import { useTranslation } from "react-i18next";
import type { MovedStep } from "../../api/playbooks";
import { useMe } from "../../api/queries";
import { formatDay, formatTime } from "../../lib/dates";
import { Icon, type IconName } from "../../ui/icons";
import styles from "./PlaybookVersions.module.css";

const signs: Record<MovedStep["move"], IconName> = { stays: "check", redated: "clock", added: "plus", dropped: "minus" };

/** What moving a run would do, step by step: the sign, the word and the dates say the same. */
export function MovedSteps({ steps }: { steps: MovedStep[] }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const when = (instant: string | null): string =>
    instant === null ? t("playbooks.no_date") : `${formatDay(instant, i18n.language, zone)} ${formatTime(instant, i18n.language, zone)}`;
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={`${step.step}/${step.round}`} data-move={step.move}>
          <Icon name={signs[step.move]} size={16} />
          <div>
            <p className={styles.name}>{step.label}</p>
            <p className={styles.facts}>
              {t(`playbooks.move_${step.move}`)}
              {step.move === "redated" && ` · ${when(step.due_before)} → ${when(step.due_after)}`}
              {step.move === "added" && ` · ${when(step.due_after)}`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
