/** Where things stand on the curve: plain arithmetic, so that it can be tested without a browser. */

const day = 86_400_000;

export interface Span {
  from: number;
  to: number;
}

/** From the first thing that happened, or from `months` ago, until now. */
export function spanOf(moments: readonly number[], months: number | null, now: number): Span {
  const first = moments.length === 0 ? now - 90 * day : Math.min(...moments);
  if (months === null) return { from: Math.min(first, now - 30 * day), to: now };
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - months);
  return { from: start.getTime(), to: now };
}

export const within = (at: number, span: Span): boolean => at >= span.from && at <= span.to;

/** 0 at the beginning of the span, 1 at its end. */
export const share = (at: number, span: Span): number => Math.min(1, Math.max(0, (at - span.from) / Math.max(1, span.to - span.from)));

/** The first of each month, quarter, half-year or year, whichever gives at most `most` of them. */
export function ticks(span: Span, most: number): number[] {
  for (const step of [1, 3, 6, 12, 24, 60]) {
    const found: number[] = [];
    const start = new Date(span.from);
    let month = start.getUTCFullYear() * 12 + start.getUTCMonth() + 1;
    while (month % step !== 0) month++;
    for (; ; month += step) {
      const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
      if (at > span.to) break;
      found.push(at);
    }
    if (found.length <= most) return found;
  }
  return [];
}

export interface Band {
  /** Null: nobody, or nobody whom the reader may know. */
  user: string | null;
  name: string | null;
  from: number;
  to: number;
}

export interface Change {
  at: number;
  from: { id: string | null; name: string | null };
  to: { id: string | null; name: string | null };
}

/** Who was responsible from when to when: the changes in between, today's person at the end. */
export function bandsOf(changes: readonly Change[], present: { id: string | null; name: string | null }, span: Span): Band[] {
  const bands: Band[] = [];
  let from = -Infinity;
  const add = (who: { id: string | null; name: string | null }, until: number) => {
    const cut = { from: Math.max(from, span.from), to: Math.min(until, span.to) };
    if (cut.to > cut.from) bands.push({ user: who.id, name: who.name, ...cut });
    from = until;
  };
  for (const change of changes) add(change.from, change.at);
  const last = changes[changes.length - 1];
  add(last !== undefined && present.id === null ? last.to : present, span.to);
  return bands;
}
