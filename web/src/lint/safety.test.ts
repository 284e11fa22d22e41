import { expect, it } from "vitest";
import { reportStart } from "./safety";

it("V20: a safety report begins with the visit and the place of the words, where they stand in the visit itself", () => {
  const finding = { category: "adverse_event", object: "visit", field: "discussion", start: 3, end: 5 } as const;
  expect(reportStart(finding, "v")).toEqual({ visit: "v", kind: "adverse_event", field: "discussion", from: 3, to: 5 });
  expect(reportStart({ ...finding, object: "topic" }, "v")).toEqual({ visit: "v", kind: "adverse_event" });
  expect(reportStart({ ...finding, category: "inducement" }, "v")).toBeNull();
});
