import { beforeEach, describe, expect, it } from "vitest";
import type { ListQuery, RecordList } from "../api/records";
import { Rows, rowsOf } from "./rows";

/** A server with keyset pages over numbered records; what it was asked is kept. */
class Server {
  records: string[] = [];
  asked: { cursor: string | null; limit: number; fields?: string[] | undefined }[] = [];
  failing = false;

  fetch = async (_: string, query: ListQuery, cursor: string | null): Promise<RecordList> => {
    const limit = query.limit ?? 50;
    this.asked.push({ cursor, limit, ...(query.fields ? { fields: query.fields } : {}) });
    await Promise.resolve();
    if (this.failing) throw new Error("down");
    const behind = cursor === null ? this.records : this.records.filter((id) => id > cursor);
    const items = behind.slice(0, limit).map((id) => ({ id }));
    const next = behind.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, next, ...(query.total ? { total: this.records.length } : {}) };
  };
}

const id = (number: number): string => String(number).padStart(6, "0");
const settled = async (rows: Rows): Promise<void> => {
  for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();
  expect(rows.snapshot().isLoading).toBe(false);
};

let server: Server;
let rows: Rows;
beforeEach(() => {
  server = new Server();
  server.records = Array.from({ length: 10_000 }, (_, number) => id(number));
  rows = new Rows("hcp", {}, server.fetch);
  rows.subscribe(() => {});
});

describe("the rows of a long list", () => {
  it("begin with a small page, which tells how many there are", async () => {
    rows.want(0, 20);
    await settled(rows);
    expect(server.asked).toEqual([{ cursor: null, limit: 100 }]);
    expect(rows.snapshot()).toMatchObject({ total: 10_000, loaded: 100 });
  });

  it("are read ahead of the reader, a page at a time", async () => {
    rows.want(0, 20);
    await settled(rows);
    rows.want(70, 90);
    await settled(rows);
    expect(server.asked.slice(1)).toEqual([{ cursor: id(99), limit: 200 }]);
  });

  it("are reached far down in large pages, each once", async () => {
    rows.want(8000, 8020);
    await settled(rows);
    expect(rows.at(8010)?.id).toBe(id(8010));
    expect(server.asked.length).toBeLessThan(12);
    expect(server.asked[1]).toMatchObject({ limit: 1000, fields: ["id"] });
    const ids = Array.from({ length: rows.snapshot().loaded }, (_, index) => rows.idAt(index));
    expect(ids).toEqual(server.records.slice(0, ids.length));
  });

  it("that were only passed are read when they come into sight", async () => {
    rows.want(8000, 8020);
    await settled(rows);
    expect(rows.at(3000)).toBeUndefined();
    expect(rows.idAt(3000)).toBe(id(3000));
    expect(rows.has(8000, 8020)).toBe(true);
    server.asked = [];
    rows.want(3000, 3020);
    await settled(rows);
    expect(server.asked.length).toBe(1);
    expect(rows.has(3000, 3020)).toBe(true);
  });

  it("end where the list ends", async () => {
    server.records = server.records.slice(0, 150);
    rows.want(0, 10_000);
    await settled(rows);
    expect(rows.snapshot()).toMatchObject({ loaded: 150, total: 150 });
    const count = server.asked.length;
    rows.want(140, 160);
    await settled(rows);
    expect(server.asked.length).toBe(count);
  });

  it("say what went wrong, and go on from there", async () => {
    server.failing = true;
    rows.want(0, 20);
    await settled(rows);
    expect(rows.snapshot().error).toBeInstanceOf(Error);
    server.failing = false;
    rows.retry();
    await settled(rows);
    expect(rows.snapshot()).toMatchObject({ error: null, loaded: 100 });
  });
});

describe("rows that became old", () => {
  it("are read again where they are in sight, and elsewhere later", async () => {
    rows.want(3000, 3020);
    await settled(rows);
    server.asked = [];
    rows.refresh();
    await settled(rows);
    expect(server.asked.length).toBe(2);
    rows.want(0, 20);
    await settled(rows);
    expect(server.asked.length).toBe(2);
  });

  it("leave no gap and no double when a record is gone", async () => {
    rows.want(0, 400);
    await settled(rows);
    server.records = server.records.filter((one) => one !== id(5));
    rows.refresh();
    await settled(rows);
    rows.want(0, 400);
    await settled(rows);
    const ids = Array.from({ length: 400 }, (_, index) => rows.at(index)?.id);
    expect(ids).toEqual(server.records.slice(0, 400));
    expect(rows.snapshot().total).toBe(9999);
  });
});

describe("lists that were looked at lately", () => {
  it("are kept for the same reader, question and language", () => {
    const first = rowsOf("mr1", "hcp", { q: "a" }, "en");
    expect(rowsOf("mr1", "hcp", { q: "a" }, "en")).toBe(first);
    expect(rowsOf("mr1", "hcp", { q: "a" }, "ja")).not.toBe(first);
  });

  it("are forgotten when somebody else signs in, and stay so", () => {
    const first = rowsOf("mr1", "hcp", {}, "en");
    expect(rowsOf("mr2", "hcp", {}, "en")).not.toBe(first);
    expect(rowsOf("mr1", "hcp", {}, "en")).not.toBe(first);
  });
});
