/**
 * Days and instants in a person's own time zone. A day is `YYYY-MM-DD`; an instant is RFC 3339 with
 * offset, as the API writes them. Both are plain strings here: only these functions look inside.
 */
export type Day = string;
export type Instant = string;

const millisecondsPerDay = 86_400_000;
const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

const asUtc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** Making a format costs more than a hundred uses of it: each is made once. */
function madeOnce<Format, Options>(make: (tag: string, options: Options) => Format) {
  const formats = new Map<string, Format>();
  return (tag: string, options: Options): Format => {
    const key = `${tag} ${JSON.stringify(options)}`;
    const format = formats.get(key) ?? make(tag, options);
    formats.set(key, format);
    return format;
  };
}

const dateFormat = madeOnce((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));
const relativeFormat = madeOnce((tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options));

/** The parts of an instant as a clock on the wall in `zone` shows them. */
function wallClock(instant: number, zone: string): { day: Day; time: string; second: string } {
  const parts = dateFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  const day = `${get("year").padStart(4, "0")}-${get("month")}-${get("day")}`;
  return { day, time: `${get("hour")}:${get("minute")}`, second: get("second") };
}

/** The calendar day of a date or an instant, as seen in `zone`. */
export function dayOf(value: Day | Instant, zone: string): Day {
  return isDay(value) ? value : wallClock(Date.parse(value), zone).day;
}

export function today(zone: string, now: number = Date.now()): Day {
  return wallClock(now, zone).day;
}

/** The time of day, `HH:MM`, of an instant in `zone`. */
export function timeOf(instant: Instant | number, zone: string): string {
  return wallClock(typeof instant === "number" ? instant : Date.parse(instant), zone).time;
}

export function addDays(day: Day, count: number): Day {
  return fromUtc(asUtc(day) + count * millisecondsPerDay);
}

/** Whole days from `from` until `to`: negative when `to` is past. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((asUtc(to) - asUtc(from)) / millisecondsPerDay);
}

export function monthEnd(day: Day): Day {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return fromUtc(Date.UTC(year, month, 0));
}

/** The next `weekday` (0 is Sunday) strictly after `day`. */
export function nextWeekday(day: Day, weekday: number): Day {
  const ahead = (weekday - new Date(asUtc(day)).getUTCDay() + 7) % 7;
  return addDays(day, ahead === 0 ? 7 : ahead);
}

/** Milliseconds by which `zone` is ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  const { day, time, second } = wallClock(instant, zone);
  return Date.parse(`${day}T${time}:${second}Z`) - Math.floor(instant / 1000) * 1000;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The instant at which a clock in `zone` shows `time` (`HH:MM`) on `day`. Where summer time skips that
 * hour, the instant after the gap.
 */
export function instantAt(day: Day, time: string, zone: string): Instant {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // The offset is looked up at a first guess, then again at the result: a change of offset lies between at most once.
  const guess = wall - offsetAt(wall, zone);
  const offset = offsetAt(guess, zone);
  return `${day}T${time}:00${offsetText(offset)}`;
}

export interface QuickPick {
  key: "today" | "tomorrow" | "three_days" | "friday" | "one_week" | "month_end";
  day: Day;
}

/** The days that people mean most often when they promise something, soonest first, none twice. */
export function quickPicks(from: Day): QuickPick[] {
  const picks: QuickPick[] = [
    { key: "today", day: from },
    { key: "tomorrow", day: addDays(from, 1) },
    { key: "three_days", day: addDays(from, 3) },
    { key: "friday", day: nextWeekday(from, 5) },
    { key: "one_week", day: addDays(from, 7) },
    { key: "month_end", day: monthEnd(from) },
  ];
  const seen = new Set<Day>();
  const once = picks.filter((pick) => !seen.has(pick.day) && seen.add(pick.day));
  return once.sort((a, b) => asUtc(a.day) - asUtc(b.day));
}

const atNoon = (day: Day): number => asUtc(day) + millisecondsPerDay / 2;

/** A day in the reader's words: `Mon 24 Nov`, with the year only when it is another one. */
export function formatDay(value: Day | Instant, language: string, zone: string, now: number = Date.now()): string {
  const day = dayOf(value, zone);
  const sameYear = day.slice(0, 4) === today(zone, now).slice(0, 4);
  return dateFormat(languageTag(language), {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    ...(sameYear ? { weekday: "short" } : { year: "numeric" }),
  }).format(atNoon(day));
}

export function formatLongDay(day: Day, language: string): string {
  return dateFormat(languageTag(language), {
    timeZone: "UTC",
    month: "long",
    day: "numeric",
    weekday: "long",
  }).format(atNoon(day));
}

export function formatTime(instant: Instant, language: string, zone: string): string {
  return dateFormat(languageTag(language), {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(instant));
}

/** `today`, `yesterday`, `in 3 days`, `2 months ago`, in the reader's language. */
export function relativeDay(
  value: Day | Instant,
  language: string,
  zone: string,
  now: number = Date.now(),
): string {
  const days = daysBetween(today(zone, now), dayOf(value, zone));
  const format = relativeFormat(languageTag(language), { numeric: "auto" });
  if (Math.abs(days) < 45) return closed(format.format(days, "day"));
  if (Math.abs(days) < 600) return closed(format.format(Math.round(days / 30.44), "month"));
  return closed(format.format(Math.round(days / 365.25), "year"));
}

/** Japanese and Chinese set no space between a number and the word that counts: `4日前`, not `4 日前`. */
function closed(text: string): string {
  return text.replace(/(\d)\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu, "$1");
}

/** Days since a date or instant in the reader's zone; null for nothing. */
export function daysSince(value: string | null | undefined, zone: string, now: number = Date.now()): number | null {
  if (value === null || value === undefined || value === "") return null;
  return daysBetween(dayOf(value, zone), today(zone, now));
}

function languageTag(language: string): string {
  if (language === "en") return "en-GB";
  return language === "zh" ? "zh-CN" : "ja-JP";
}
