// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchEditing } from "../lib/editing";
import { concerns, forgetWaiting, note, nothingTouched, packed, refreshTouched, unpacked, type Touched } from "./live";

const doctor = "01900000-0000-7000-8000-000000000001";
const other = "01900000-0000-7000-8000-000000000002";
const memo = "01900000-0000-7000-8000-000000000003";

/** A new memo about the doctor. */
function memoMade(): Touched {
  const touched = nothingTouched();
  note(touched, { object: "memo", id: memo, changes: { hcp: { from: null, to: doctor }, text: { from: null, to: "x" } } });
  return touched;
}

const seen = (queryKey: readonly unknown[], data: unknown = null, shows?: string[]) => ({ queryKey, data, shows });

describe("an event makes old what shows it, and nothing else", () => {
  it.each([
    ["the record itself", seen(["record", "memo", memo, [], "en"]), true],
    ["what is kept under the doctor whom the change names", seen(["hcp", doctor, "timeline", "en"]), true],
    ["another doctor", seen(["hcp", other, "timeline", "en"], { items: [] }), false],
    ["a list of such records", seen(["list", "memo", { q: "" }, "en"]), true],
    ["a list of other records", seen(["list", "task", {}, "en"], { pages: [{ items: [{ id: other }] }] }), false],
    ["a list that holds the doctor", seen(["customers", {}, "en"], { pages: [{ items: [{ id: doctor }] }] }), true],
    ["a list of doctors that does not hold this one", seen(["customers", {}, "en"], { pages: [{ items: [{ id: other }] }] }), false],
    ["a part of a dashboard that lists such records", seen(["dashboard", "mr_daily", "en"], [{ name: "w", object: "memo", items: [] }]), true],
    ["a dashboard without them", seen(["dashboard", "mr_daily", "en"], [{ name: "w", object: "hco", items: [] }]), false],
    ["a query that says what it shows", seen(["team", "numbers"], null, ["memo"]), true],
    ["who one is", seen(["me"], { id: doctor }), false],
    ["how the business is made", seen(["model", "en"], { object: "memo" }), false],
  ])("%s", (_, query, expected) => {
    expect(concerns(query, memoMade())).toBe(expected);
  });

  it("a change of a doctor makes lists of doctors old, though it names nobody", () => {
    const touched = nothingTouched();
    note(touched, { object: "hcp", id: other, changes: { temperature: { from: "neutral", to: "skeptical" } } });
    expect(concerns(seen(["customers", {}, "en"]), touched)).toBe(true);
    expect(concerns(seen(["hcp", doctor, "en"], { id: doctor }), touched)).toBe(false);
  });

  it("too much at once makes everything old but one's own ways", () => {
    const touched = { ...nothingTouched(), everything: true };
    expect(concerns(seen(["anything"]), touched)).toBe(true);
    expect(concerns(seen(["me"]), touched)).toBe(false);
  });

  it("other tabs are told the same", () => {
    expect(unpacked(packed(memoMade()))).toEqual({ ...memoMade(), everything: false });
  });
});

describe("a form is left in peace", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    forgetWaiting();
    vi.useRealTimers();
    document.body.innerHTML = "";
  });

  it("what it stands on is read again when it is gone; notifications come at once", () => {
    const client = new QueryClient();
    client.setQueryData(["hcp", doctor], { id: doctor });
    client.setQueryData(["notifications", "count"], 1);
    const isOld = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;
    watchEditing(document);
    document.body.innerHTML = "<form><input /></form>";
    document.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));

    const touched = memoMade();
    note(touched, { object: "notification", id: other });
    refreshTouched(client, touched);
    expect([isOld(["hcp", doctor]), isOld(["notifications", "count"])]).toEqual([false, true]);
    vi.advanceTimersByTime(5000);
    expect(isOld(["hcp", doctor])).toBe(false);
    document.body.innerHTML = "";
    vi.advanceTimersByTime(2000);
    expect(isOld(["hcp", doctor])).toBe(true);
  });
});
