import { expect, test } from "@playwright/test";
import { manager, mr, signIn, signInSpeaking } from "./steps";
import { text } from "./texts";

test("a wrong password is refused in the reader's language", async ({ browser }) => {
  const context = await browser.newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("input[name=login]").fill(`nobody${Date.now()}`);
  await page.locator("input[name=password]").fill("not the password");
  await page.getByRole("button", { name: text("ja", "sign_in.submit") }).click();
  await expect(page.getByRole("alert")).toHaveText(/[ぁ-ん]/);
  await context.close();
});

test("a deep link is found again after the sign-in, and lost with the session", async ({ page }) => {
  await signIn(page, mr);
  await page.goto("/customers?temperature=neutral");
  await expect(page.locator("input[name=temperature][value=neutral]")).toBeChecked();
  await page.goto("/me");
  await page.getByRole("main").getByRole("button").last().click();
  await expect(page.locator("input[name=login]")).toBeVisible();
  await page.goto("/customers?temperature=neutral");
  await expect(page).toHaveURL(/sign-in\?to=/);
});

test("the language changes without a reload and stays the person's", async ({ page }) => {
  await signInSpeaking(page, mr, "zh");
  await expect(page.getByRole("link", { name: text("zh", "nav.today") })).toBeVisible();
  await page.getByRole("link", { name: text("zh", "nav.me") }).click();
  await page.locator("label:has([lang=ja])").click();
  await expect(page.getByRole("heading", { name: text("ja", "me.title") })).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await page.waitForLoadState("networkidle");
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("E14 a manager sees the team's temperatures in words", async ({ page }) => {
  await signInSpeaking(page, manager, "en");
  const bars = page.locator("[data-widget=temperature_by_mr] ul ul li");
  await expect(bars.first()).toContainText(/[A-Z][a-z ]+: \d+/);
  await expect(page.locator("[data-widget=committees_within_month]")).toBeVisible();
});
