import { expect, test } from "@playwright/test";
import { openAs } from "./steps";
import { text } from "./texts";

test("the question mark explains the screen behind it, and gives the focus back", async ({ page }) => {
  await openAs(page, "ja", "/customers");
  const mark = page.getByRole("button", { name: text("ja", "help.open") });
  await mark.click();
  const panel = page.getByRole("dialog", { name: text("ja", "nav.customers") });
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: "先生のページ" }).click();
  await expect(page.getByRole("dialog", { name: "先生のページ" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(mark).toBeFocused();
});

test("the guide is searched in the reader's language, and the address keeps the search", async ({ page }) => {
  await openAs(page, "zh", "/help");
  await page.getByRole("searchbox").fill("草稿");
  await expect(page).toHaveURL(/q=/);
  await page.reload();
  await page.getByRole("main").getByRole("link", { name: /^记录拜访/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "记录拜访" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("草稿仍在");
});
