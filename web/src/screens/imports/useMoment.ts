import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { formatDay, formatTime } from "../../lib/dates";

/** Day and time of an instant, in the person's zone and language. */
export function useMoment(): (instant: string) => string {
  const { i18n } = useTranslation();
  const { zone } = useMe();
  return (instant) => `${formatDay(instant, i18n.language, zone)} ${formatTime(instant, i18n.language, zone)}`;
}
