import { describe, expect, it } from "vitest";
import { stepsInOrder } from "./order";

const step = (name: string, state: "planned" | "open" | "done" | "skipped" | "stopped", due: string | null, done: string | null = null) => ({
  name, state, due_at: due, done_at: done, from: "start" as const,
});

describe("V14: the order of steps", () => {
  it("settled ones as they happened, then what is due next, and last what goes with a contact", () => {
    const steps = [
      step("handbook", "open", null),
      step("peer", "open", "2026-11-24T06:20:00.000Z"),
      step("comparison", "done", "2026-11-20T06:20:00.000Z", "2026-11-19T01:00:00.000Z"),
      step("webinar", "planned", "2026-12-02T06:20:00.000Z"),
      step("call", "skipped", "2026-11-18T06:20:00.000Z", "2026-11-18T01:00:00.000Z"),
    ];
    expect(stepsInOrder(steps).map(({ name }) => name)).toEqual(["call", "comparison", "peer", "webinar", "handbook"]);
  });
});
