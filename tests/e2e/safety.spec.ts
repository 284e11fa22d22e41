import { type APIResponse, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { password } from "./people";
import { text } from "./texts";

// A Wednesday, in the morning.
const now = "2026-11-18T10:30:00+09:00";
test.use({ of: "safety", instant: now });

const note = "有効性に関心あり。投与後に発疹が出て休薬したとのこと。次回は長期データを希望。";

async function answered(answer: APIResponse): Promise<Record<string, string>> {
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Record<string, string>;
}

/** A visit that tells of harm; its id. */
async function heardOfHarm(page: Page): Promise<string> {
  const { csrf = "" } = await answered(await page.request.post("/api/v1/session", { data: { login: "mr1", password: password() } }));
  const headers = { "X-CSRF-Token": csrf };
  await answered(await page.request.patch("/api/v1/me", { data: { lang: "ja" }, headers }));
  const { items } = (await (await page.request.get("/api/v1/hcp?limit=1")).json()) as { items: { id: string }[] };
  const data = { hcp: items[0]?.id, state: "completed", held_at: "2026-11-18T05:30:00+09:00", quick_note: note };
  const { id = "" } = await answered(await page.request.post("/api/v1/visit", { data, headers }));
  return id;
}

test("V20 words of a note become a safety report whose clock is on Today until it is sent", async ({ page }) => {
  test.skip(test.info().project.name !== "phone", "reported in the corridor");
  await page.clock.setFixedTime(now);
  const visit = await heardOfHarm(page);
  await page.goto(`/visit/${visit}`);
  // Each of the words leads to the same report. The first screen of a company that has just been started may take its time.
  const opened = page.getByRole("link", { name: text("ja", "lint.report_opened") }).first();
  await expect(opened).toBeVisible({ timeout: 30_000 });
  await opened.click();
  await expect(page.getByRole("heading", { name: text("ja", "safety.clocks") })).toBeVisible();
  await expect(page.getByText(text("ja", "safety.from_record"))).toBeVisible();
  await page.getByText(text("ja", "safety.no_event")).click();
  await page.getByRole("button", { name: text("ja", "safety.no_event_send") }).click();
  await expect(page.getByText(text("ja", "safety.reason_needed"))).toBeVisible();
  await expectAccessible(page);

  await page.goto("/");
  const waiting = page.locator("[data-widget=safety_not_sent]");
  await expect(waiting).toContainText("残り19時間");
  await waiting.getByRole("link").first().click();
  await page.getByRole("button", { name: text("ja", "safety.send"), exact: true }).click();
  await expect(page.getByText(text("ja", "safety.as_sent"))).toBeVisible();
  await expectAccessible(page);
});
