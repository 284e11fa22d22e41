import { type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { password } from "./people";
import { choice, text } from "./texts";

const now = "2026-11-18T10:30:00+09:00";
test.use({ of: "compliance", instant: now });

async function enter(page: Page, login: string): Promise<void> {
  await page.context().clearCookies();
  const session = await page.request.post("/api/v1/session", { data: { login, password: password() } });
  const { csrf } = (await session.json()) as { csrf: string };
  const saved = await page.request.patch("/api/v1/me", { data: { lang: "ja" }, headers: { "X-CSRF-Token": csrf } });
  expect(saved.ok(), await saved.text()).toBe(true);
}

test("V20 what must not be written is seen while typing and refused; the rest is saved and reviewed", async ({ page }) => {
  test.skip(test.info().project.name !== "phone", "written in the corridor");
  await page.clock.setFixedTime(now);
  await enter(page, "mr2");
  await page.goto("/");
  await page.locator('[data-widget=temperature_alerts] li a[href$="/visit/new"]').first().click();
  const note = page.getByRole("textbox", { name: text("ja", "visit.note"), exact: true });
  const blocked = text("ja", "lint.severity_block");

  // Under the words, and told with what to write instead.
  await note.fill("謝礼を上乗せと話した。患者の田中さんは継続");
  await expect(page.locator('mark[data-severity="block"]')).toHaveText("患者の田中さん");
  await expect(page.locator('mark[data-severity="route"]')).toHaveText("謝礼を上乗せ");
  await expect(page.getByText(blocked, { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: text("ja", "visit.save") }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await note.fill("謝礼を上乗せと話した。高齢の患者さんに発疹");
  await expect(page.getByText(blocked, { exact: true })).toBeHidden();
  await expect(page.getByText(text("ja", "lint.opens_report"))).toBeVisible();
  await page.getByRole("button", { name: text("ja", "visit.save") }).click();
  await expect(page.getByRole("heading", { name: text("ja", "visit.done_title") })).toBeVisible();
  await expect(page.getByText(text("ja", "lint.goes_to_review"))).toBeVisible();
  const report = page.getByRole("link", { name: text("ja", "lint.report_opened") });
  await expect(report).toHaveAttribute("href", /\/safety\/[0-9a-f-]{36}$/);

  await enter(page, "compliance1");
  await page.goto("/compliance");
  const card = page.getByRole("listitem", { name: `${choice("finding", "category", "inducement", "ja")}: 謝礼を上乗せ` });
  await expect(card.locator("mark")).toHaveText("謝礼を上乗せ");
  await expectAccessible(page);
  const decide = card.getByRole("button", { name: choice("finding", "state", "confirmed", "ja") });
  await decide.click();
  await expect(card.getByText(text("ja", "lint.note_needed"))).toBeVisible();
  await card.getByRole("textbox").fill("表現について指導する");
  await decide.click();
  await expect(card).toBeHidden();
});
