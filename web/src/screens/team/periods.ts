import type { TFunction } from "i18next";
import type { Period } from "../../api/dashboard";
import { dayOf, daysBetween } from "../../lib/dates";

const longestWeek = 10;
const longestMonth = 40;

/** What people call a period: its days, its month or its quarter, by how long it is. */
export function periodTitle({ start, end }: Period, language: string, zone: string, t: TFunction): string {
  const first = dayOf(start, zone);
  const next = dayOf(end, zone);
  const days = daysBetween(first, next);
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7));
  if (days > longestMonth) return t("figures.quarter", { year, quarter: Math.ceil(month / 3) });
  const options: Intl.DateTimeFormatOptions =
    days > longestWeek ? { year: "numeric", month: "short", timeZone: "UTC" } : { month: "short", day: "numeric", timeZone: "UTC" };
  const format = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : language, options);
  const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
  if (days > longestWeek) return format.format(at(first));
  const last = new Date(at(next).getTime() - 24 * 60 * 60 * 1000);
  return format.formatRange(at(first), last);
}

/** Whether the period is not over yet. */
export const isUnderWay = ({ end }: Period, now: number = Date.now()): boolean => Date.parse(end) > now;
