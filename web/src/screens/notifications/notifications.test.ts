import { expect, it } from "vitest";
import type { Notification } from "../../api/notifications";
import { byDay } from "./NotificationDays";
import { addressOf } from "./target";

const one = (more: Partial<Notification>): Notification =>
  ({ id: "1", version: 1, title: "", subject: "x", kind: "task", at: "2026-11-20T12:00:00Z", read_at: null, ...more }) as Notification;

it("notifications stand under the day of the reader's zone, in their order", () => {
  const late = one({ id: "b", at: "2026-11-20T16:00:00Z" });
  const early = one({ id: "a", at: "2026-11-20T10:00:00Z" });
  expect(byDay([late, early], "Asia/Tokyo").map(([day, items]) => [day, items.map(({ id }) => id)])).toEqual([
    ["2026-11-21", ["b"]],
    ["2026-11-20", ["a"]],
  ]);
  expect(byDay([late, early], "UTC").length).toBe(1);
});

it("a notification leads to what it is about, where a screen shows it", () => {
  const address = (more: Partial<Notification>, routes: string[] = []) => addressOf(one(more), (route) => routes.includes(route));
  expect(address({ about_object: "hcp", about_id: "d" })).toBe("/hcp/d");
  expect(address({ about_object: "task", about_id: "t" })).toMatch(/\/t$/);
  expect(address({ about_object: "import", about_id: "i" })).toBeNull();
  expect(address({ about_object: "import", about_id: "i" }, ["/imports/$id"])).toBe("/imports/i");
  expect(address({})).toBeNull();
});
