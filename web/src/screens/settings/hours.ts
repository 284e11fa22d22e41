import { useTranslation } from "react-i18next";

/** 1 is Monday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7];
export const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** A Monday, for the names of the days. */
const someMonday = Date.UTC(2026, 0, 5);
const day = 86_400_000;

/** Names of days and hours in the person's language. */
export function useHours() {
  const { i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  return {
    weekday: (weekday: number): string => name.format(someMonday + (weekday - 1) * day),
    hour: (hour: number): string => time.format(someMonday + (hour * day) / 24),
  };
}
