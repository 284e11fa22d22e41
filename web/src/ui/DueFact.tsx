import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { daysSince, formatDay, relativeDay } from "../lib/dates";
import { Fact } from "./parts";

/** When something is due: late ones say so in words and colour. */
export function DueFact({ due }: { due: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const late = daysSince(due, me.zone) ?? 0;
  const near = relativeDay(due, i18n.language, me.zone);
  if (late > 0) {
    return (
      <Fact icon="clock" tone="late">
        {t("today.overdue", { when: near })}
      </Fact>
    );
  }
  const when = late > -7 ? near : formatDay(due, i18n.language, me.zone);
  return (
    <Fact icon="clock" {...(late === 0 ? { tone: "soon" as const } : {})}>
      {t("today.due", { when })}
    </Fact>
  );
}
