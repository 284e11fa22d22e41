// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { additionOf, dropDraft, emptyDraft, isUntouched, keepDraft, planPlace, recallDraft, recallPlanned, sendingOf, visitOf, whatIsMissing } from "./draft";

const sending = { at: Date.parse("2026-11-21T03:00:00Z"), ids: [] };
const frame = { hcp: "h1", hco: "o1", zone: "Asia/Tokyo", sending };

beforeEach(() => localStorage.clear());

describe("a draft on the device", () => {
  it("is there again after the tab was closed, for the same person and doctor only", () => {
    const draft = { ...emptyDraft(), temperature: "skeptical", discussion: "用量の質問", changedAt: 5 };
    expect(keepDraft("u1", "h1", draft)).toBe(true);
    expect(recallDraft("u1", "h1")).toEqual(draft);
    expect(recallDraft("u2", "h1")).toBeNull();
    expect(recallDraft("u1", "h2")).toBeNull();
  });

  it("keeps its idempotency key, so that a second try records one visit", () => {
    const draft = { ...emptyDraft(), discussion: "x" };
    keepDraft("u1", "h1", draft);
    expect(recallDraft("u1", "h1")?.key).toBe(draft.key);
    expect(emptyDraft().key).not.toBe(draft.key);
  });

  it("is not kept when nothing was entered, and is gone when dropped", () => {
    keepDraft("u1", "h1", { ...emptyDraft(), discussion: "x" });
    keepDraft("u1", "h1", { ...emptyDraft(), discussion: "  ", channel: "phone" });
    expect(recallDraft("u1", "h1")).toBeNull();
    keepDraft("u1", "h1", { ...emptyDraft(), signs: [{ id: "s1", kind: "cooler" }] });
    dropDraft("u1", "h1");
    expect(recallDraft("u1", "h1")).toBeNull();
  });

  it("is each planned visit's own, and one begun from the doctor's page is taken over by the first that fits", () => {
    keepDraft("u1", planPlace("h1", "p1"), { ...emptyDraft(), discussion: "first" });
    expect(recallPlanned("u1", "h1", "p1")?.discussion).toBe("first");
    expect(recallPlanned("u1", "h1", "p2")).toBeNull();
    expect(recallPlanned("u1", "h1", undefined)).toBeNull();
    keepDraft("u1", "h1", { ...emptyDraft(), discussion: "begun" });
    expect(recallPlanned("u1", "h1", "p2")?.discussion).toBe("begun");
    expect(recallDraft("u1", "h1")).toBeNull();
    expect(recallPlanned("u1", "h1", "p2")?.discussion).toBe("begun");
    keepDraft("u1", "h1", { ...emptyDraft(), discussion: "of another", planned: "p3" });
    expect(recallPlanned("u1", "h1", "p4")).toBeNull();
  });

  it("survives a broken or older entry", () => {
    localStorage.setItem("ondo.draft.visit.u1.h1", "{not json");
    expect(recallDraft("u1", "h1")).toBeNull();
    localStorage.setItem("ondo.draft.visit.u1.h1", '{"discussion":"old"}');
    expect(recallDraft("u1", "h1")).toMatchObject({ discussion: "old", memos: [], channel: "in_person" });
  });

  it("says so when the device cannot keep it", () => {
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(keepDraft("u1", "h1", { ...emptyDraft(), discussion: "x" })).toBe(false);
    full.mockRestore();
  });
});

describe("what is missing", () => {
  it("asks for a temperature or a sentence, no more", () => {
    expect([...whatIsMissing(emptyDraft()).keys()]).toEqual(["/temperature"]);
    expect(whatIsMissing({ ...emptyDraft(), temperature: "neutral" }).size).toBe(0);
    expect(whatIsMissing({ ...emptyDraft(), discussion: "短い話" }).size).toBe(0);
  });

  it("wants a deliverable and a day of every promise, and words of every memo and topic", () => {
    const draft = {
      ...emptyDraft(),
      temperature: "neutral",
      promises: [
        { id: "p1", deliverable: "資料", due: "2026-11-24" },
        { id: "p2", deliverable: "資料", due: null },
      ],
      memos: [{ id: "m1", kind: "resonated", text: " " }],
      topics: [{ id: "t1", kind: "question", text: "" }],
    };
    expect([...whatIsMissing(draft).keys()]).toEqual(["/memos/0/text", "/topics/0/text", "/promises/1/deliverable"]);
  });
});

describe("the request", () => {
  it("holds what was entered and nothing else", () => {
    const draft = { ...emptyDraft(), temperature: "skeptical" };
    expect(visitOf(draft, frame)).toEqual({
      id: draft.id,
      hcp: "h1",
      hco: "o1",
      channel: "in_person",
      state: "completed",
      held_at: "2026-11-21T03:00:00.000Z",
      temperature: "skeptical",
      signs: [],
      memos: [],
      topics: [],
      details: [],
      promises: [],
    });
  });

  it("is the same to the byte when sent again", () => {
    const draft = { ...emptyDraft(), discussion: "話", promises: [{ id: "p1", deliverable: " 資料 ", due: "2026-11-24" }] };
    expect(JSON.stringify(visitOf(draft, frame))).toBe(JSON.stringify(visitOf({ ...draft }, frame)));
  });

  it("reads times on the person's clock", () => {
    const draft = {
      ...emptyDraft(),
      discussion: "話",
      heldAt: "2026-11-20T09:15",
      promises: [{ id: "p1", deliverable: "資料", due: "2026-11-24" }],
    };
    expect(visitOf(draft, frame)).toMatchObject({
      held_at: "2026-11-20T09:15:00+09:00",
      promises: [{ id: "p1", deliverable: "資料", due_at: "2026-11-24T18:00:00+09:00" }],
    });
  });
});

describe("a visit that is there already", () => {
  it("completes the planned one, whose doctor stays as planned", () => {
    const visit = visitOf({ ...emptyDraft(), discussion: "話", planned: "v9" }, frame);
    expect(visit).not.toHaveProperty("id");
    expect(visit).not.toHaveProperty("hcp");
    expect(visit).toMatchObject({ state: "completed", discussion: "話" });
  });

  it("gets only what was written after the answer was lost", () => {
    const first = { ...emptyDraft(), discussion: "話", signs: [{ id: "s1", kind: "cooler" }] };
    const sent = sendingOf(first, sending.at);
    const later = { ...first, discussion: "話と続き", promises: [{ id: "p1", deliverable: "資料", due: "2026-11-24" }] };
    expect(additionOf(later, { ...frame, sending: sent })).toMatchObject({
      discussion: "話と続き",
      signs: [],
      promises: [{ id: "p1", deliverable: "資料" }],
    });
  });
});

describe("untouched", () => {
  it("does not count a channel or a time as work to lose", () => {
    expect(isUntouched({ ...emptyDraft(), channel: "phone", heldAt: "2026-11-20T09:15" })).toBe(true);
    expect(isUntouched({ ...emptyDraft(), temperature: "neutral" })).toBe(false);
  });
});
