/** What a report begins with: the address says where its words were found. */
export const reportKinds = ["adverse_event", "product_complaint", "special_situation"] as const;
export type ReportKind = (typeof reportKinds)[number];

export interface ReportStart {
  visit?: string | undefined;
  field?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  kind?: ReportKind | undefined;
  /** The report that this one adds to. */
  follows?: string | undefined;
}

const place = (value: unknown): number | undefined => {
  const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
};

const id = (value: unknown): string | undefined =>
  typeof value === "string" && /^[0-9a-f-]{36}$/.test(value) ? value : undefined;

export function startOf(search: Record<string, unknown>): ReportStart {
  return {
    visit: id(search["visit"]),
    field: typeof search["field"] === "string" && /^[a-z_]{1,48}$/.test(search["field"]) ? search["field"] : undefined,
    from: place(search["from"]),
    to: place(search["to"]),
    kind: reportKinds.find((kind) => kind === search["kind"]),
    follows: id(search["follows"]),
  };
}

const ends = /[。．.!?！？\n]/u;

/** The sentence around a place in a text: a word alone would not tell what happened. Without a place, nothing. */
export function sentenceAt(text: string, from: number | undefined, to: number | undefined): string {
  if (from === undefined || to === undefined || from >= to || from >= text.length) return "";
  let start = from;
  let end = Math.min(to, text.length);
  while (start > 0 && !ends.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && !ends.test(text.charAt(end))) end += 1;
  return text.slice(start, end).trim();
}
