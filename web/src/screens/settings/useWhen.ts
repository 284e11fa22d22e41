import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { dayOf, daysBetween, formatDay, formatTime, relativeDay, today } from "../../lib/dates";

/** A day as near as it needs: today and yesterday with the time, everything else by its date. */
export function useWhen(): (instant: string) => string {
  const { i18n } = useTranslation();
  const { zone } = useMe();
  return (instant) => {
    const away = Math.abs(daysBetween(dayOf(instant, zone), today(zone)));
    if (away > 1) return formatDay(instant, i18n.language, zone);
    return `${relativeDay(instant, i18n.language, zone)} ${formatTime(instant, i18n.language, zone)}`;
  };
}
