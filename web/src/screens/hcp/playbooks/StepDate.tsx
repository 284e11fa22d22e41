import { useTranslation } from "react-i18next";
import type { PlaybookStep } from "../../../api/playbooks";
import { useMe } from "../../../api/queries";
import { formatDay, formatTime } from "../../../lib/dates";

type Dated = Pick<PlaybookStep, "due_at" | "from" | "after" | "every">;

/** When a step is due: to the minute, or after what it waits for. */
export function StepDate({ step }: { step: Dated }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const every = step.every?.months ? <span>{t("playbooks.every_months", { count: step.every.months })}</span> : null;
  if (step.due_at !== null) {
    return (
      <>
        <time dateTime={step.due_at}>{`${formatDay(step.due_at, i18n.language, zone)} ${formatTime(step.due_at, i18n.language, zone)}`}</time>
        {every}
      </>
    );
  }
  if (step.from === "contact") return <span>{t("playbooks.with_contact")}</span>;
  if (step.after?.hours) return <span>{t("playbooks.hours_after", { count: step.after.hours })}</span>;
  if (step.after?.months) return <span>{t("playbooks.months_after", { count: step.after.months })}</span>;
  return <span>{t("playbooks.days_after", { count: step.after?.days ?? 0 })}</span>;
}
