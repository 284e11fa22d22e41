/**
 * The rows of one list, read page after page as they are wanted. The server's pages follow each other by
 * key, so a jump far down has to pass what lies between: in large pages of which only the ids are read. A
 * page knows where it begins, and is read again alone when it comes into sight or has become old.
 */
import { fetchList, type ListQuery, type RecordList } from "../api/records";
import type { AnyRecord } from "../api/shapes";

const firstPage = 100;
const nextPage = 200;
/** The most that the server gives at once. */
const farPage = 1000;

interface Page {
  /** Where it begins for the server; null for the first. */
  cursor: string | null;
  begin: number;
  count: number;
  next: string | null;
  /** Has to be read again before it is shown: it is old, or only its ids are known. */
  stale: boolean;
}

/** A row that was passed on the way: which record it is, and no more. */
class Passed {
  constructor(readonly id: string) {}
}

export type Fetch = (object: string, query: ListQuery, cursor: string | null) => Promise<RecordList>;

export interface RowsState {
  /** How many records the whole list holds; null before the first answer. */
  total: number | null;
  /** How many from the beginning are known. */
  loaded: number;
  isLoading: boolean;
  error: unknown;
  /** Grows with every change, so that whoever watches sees it. */
  version: number;
}

export class Rows {
  private items: (AnyRecord | Passed)[] = [];
  private pages: Page[] = [];
  private wanted = 0;
  private shown: { from: number; to: number } = { from: 0, to: 0 };
  private isStale = false;
  private listeners = new Set<() => void>();
  private state: RowsState = { total: null, loaded: 0, isLoading: false, error: null, version: 0 };
  /** Where the list was scrolled to when it was last left. */
  scrollTop = 0;
  /** The row that was last stood on. */
  active = 0;

  constructor(
    readonly object: string,
    readonly query: ListQuery,
    private readonly fetch: Fetch = fetchList,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RowsState => this.state;

  /** The record of a row; undefined while it is not known. */
  at(index: number): AnyRecord | undefined {
    const item = this.items[index];
    return item instanceof Passed ? undefined : item;
  }

  /** Which record stands there, known also of rows that were only passed. */
  idAt(index: number): string | undefined {
    return this.items[index]?.id;
  }

  /** Whether all rows of a range are known. */
  has(from: number, to: number): boolean {
    for (let index = from; index < to; index += 1) if (this.at(index) === undefined) return false;
    return true;
  }

  /** Where a record stands among those that are known; -1 for none of them. */
  indexOf(id: string): number {
    return this.items.findIndex((item) => item.id === id);
  }

  /** Says which rows are looked at: they are read next, and what became old among them is read again. */
  want(from: number, to: number): void {
    this.shown = { from, to };
    this.wanted = Math.max(to, 0);
    void this.work();
  }

  /** Everything may have changed: what is looked at is read again, the rest when it is looked at. */
  refresh(): void {
    for (const page of this.pages) page.stale = true;
    this.isStale = this.pages.length > 0;
    // One that nobody looks at is read again when somebody does.
    if (this.listeners.size > 0) void this.work();
  }

  retry(): void {
    this.change({ error: null });
    void this.work();
  }

  private change(state: Partial<RowsState>): void {
    this.state = { ...this.state, ...state, loaded: this.items.length, version: this.state.version + 1 };
    for (const listener of this.listeners) listener();
  }

  private isWorking = false;

  private async work(): Promise<void> {
    if (this.isWorking || this.state.error !== null) return;
    this.isWorking = true;
    try {
      for (let task = this.nextTask(); task !== null; task = this.nextTask()) {
        if (!this.state.isLoading) this.change({ isLoading: true });
        await task();
      }
      if (this.state.isLoading) this.change({ isLoading: false });
    } catch (error) {
      this.change({ isLoading: false, error });
    } finally {
      this.isWorking = false;
    }
  }

  /** What is most urgent: old rows in sight, then rows that are missing. */
  private nextTask(): (() => Promise<void>) | null {
    if (this.isStale) return () => this.readFirstAgain();
    const { from, to } = this.shown;
    const old = this.pages.find((page) => page.stale && page.begin < to && page.begin + page.count > from);
    if (old !== undefined) return () => this.readAgain(old);
    const last = this.pages.at(-1);
    if (last === undefined) return () => this.readNext(null, firstPage);
    if (last.next === null || this.wanted <= this.items.length - Math.min(nextPage / 2, this.items.length / 2)) return null;
    const { next } = last;
    // What ends before that which is looked at is only passed.
    if (from - this.items.length >= farPage) return () => this.pass(next);
    return () => this.readNext(next, this.wanted - this.items.length > nextPage ? farPage : nextPage);
  }

  private async readNext(cursor: string | null, limit: number): Promise<void> {
    const list = await this.fetch(this.object, { ...this.query, limit, total: cursor === null }, cursor);
    this.pages.push({ cursor, begin: this.items.length, count: list.items.length, next: list.next, stale: false });
    for (const item of list.items) this.items.push(item);
    this.change(list.total === undefined ? {} : { total: list.total });
  }

  private async pass(cursor: string): Promise<void> {
    const light = { ...this.query, fields: ["id"], expand: undefined, limit: farPage };
    const list = await this.fetch(this.object, light, cursor);
    this.pages.push({ cursor, begin: this.items.length, count: list.items.length, next: list.next, stale: true });
    for (const { id } of list.items) this.items.push(new Passed(id));
    this.change({});
  }

  /** The first page tells the new total too. */
  private async readFirstAgain(): Promise<void> {
    this.isStale = false;
    const first = this.pages[0];
    if (first === undefined) return;
    const list = await this.fetch(this.object, { ...this.query, limit: Math.max(first.count, firstPage), total: true }, null);
    this.put(first, list);
    this.change(list.total === undefined ? {} : { total: list.total });
  }

  private async readAgain(page: Page): Promise<void> {
    this.put(page, await this.fetch(this.object, { ...this.query, limit: page.count }, page.cursor));
    this.change({});
  }

  /** A page that now ends elsewhere no longer joins the next: those behind it are read anew. */
  private put(page: Page, { items, next }: RecordList): void {
    const at = this.pages.indexOf(page);
    const joins = next === page.next && items.length === page.count;
    if (joins) {
      items.forEach((item, index) => (this.items[page.begin + index] = item));
    } else {
      this.items.length = page.begin;
      for (const item of items) this.items.push(item);
      this.pages.length = at + 1;
    }
    Object.assign(page, { count: items.length, next, stale: false });
  }
}

/* ---- Lists that were looked at lately are kept, so that going back shows them at once ---- */

const kept = new Map<string, Rows>();
const mostKept = 6;
let keptFor: string | null = null;

/** The rows of a list as `reader` sees it, the same for the same question while they are kept. */
export function rowsOf(reader: string, object: string, query: ListQuery, language: string): Rows {
  // Somebody else has signed in: nothing of the one before stays.
  if (reader !== keptFor) kept.clear();
  keptFor = reader;
  const key = JSON.stringify([object, query, language]);
  const found = kept.get(key) ?? new Rows(object, query);
  kept.delete(key);
  kept.set(key, found);
  for (const old of [...kept.keys()].slice(0, Math.max(kept.size - mostKept, 0))) kept.delete(old);
  return found;
}

/** Records of an object have changed: its lists are read again, those in sight at once. */
export function refreshRows(object: string): void {
  for (const rows of kept.values()) if (rows.object === object) rows.refresh();
}
