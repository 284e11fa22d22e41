import { expect, test } from "@playwright/test";
import { openAs, signIn, signInAs, write } from "./steps";
import { text } from "./texts";

test("a wrong password is refused in the reader's language", async ({ browser }) => {
  const context = await browser.newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, `nobody${Date.now()}`, "not the password");
  await expect(page.getByRole("alert")).toHaveText(/[ぁ-ん]/);
  await context.close();
});

test("a deep link is found again after the sign-in, and lost with the session", async ({ page }) => {
  await signInAs(page, "ja");
  await page.goto("/customers?view=not_seen");
  await expect(page.getByRole("button", { name: "60日以上面会なし", exact: true })).toBeVisible();
  await page.goto("/settings/security");
  await page.getByRole("button", { name: text("ja", "me.sign_out"), exact: true }).click();
  await expect(page.locator("input[name=login]")).toBeVisible();
  await page.goto("/customers?view=not_seen");
  await expect(page).toHaveURL(/sign-in\?to=/);
});

test("the language changes without a reload and stays the person's", async ({ page }) => {
  await openAs(page, "traveller");
  await page.getByRole("group", { name: text("zh", "nav.tools") }).locator("[aria-haspopup=menu]").click();
  await page.getByRole("menuitem", { name: text("zh", "settings.title") }).click();
  await page.locator("label:has([lang=ja])").click();
  await expect(page.getByRole("heading", { name: text("ja", "settings.title") })).toBeVisible();
  await expect(page.getByText(text("ja", "me.language_saved"))).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("E14 a manager sees the team's temperatures in words", async ({ page }) => {
  await openAs(page, "manager", "/team");
  const bars = page.locator("[data-widget=temperature_by_mr] ul ul li");
  await expect(bars.first()).toContainText(/[A-Z][a-z ]+: \d+/);
  await expect(page.locator("[data-widget=committees_within_month]")).toBeVisible();
});

const handedOut = "handed out once 2026";
const own = "kirishima tram umbrella";

test("a password handed out is replaced before anything else, and all sessions can be ended", async ({ page, browser }) => {
  const login = `new-${Date.now()}`;
  const office = await browser.newContext();
  const desk = await office.newPage();
  await openAs(desk, "admin");
  const user = await write(desk, "POST", "/api/v1/user", {
    login, name: "佐野 遥", role: "mr", lang: "ja", zone: "Asia/Tokyo", active: true,
  });
  await write(desk, "POST", `/api/v1/user/${user.id}/password`, { password: handedOut });
  await office.close();

  await page.goto("/customers?view=not_seen");
  await signIn(page, login, handedOut);
  await expect(page.getByRole("heading", { name: text("ja", "password.choose") })).toBeVisible();
  await page.goto("/customers?view=not_seen");
  await expect(page).toHaveURL(/\/password\?to=/);

  const present = page.locator("input[name=present_password]");
  const chosen = page.locator("input[name=new_password]");
  const save = page.getByRole("button", { name: text("ja", "password.save") });
  await present.fill("something else");
  await chosen.fill(own);
  await save.click();
  await expect(present).toHaveAccessibleDescription(/[ぁ-ん]/);
  await present.fill(handedOut);
  await chosen.fill("short");
  await save.click();
  await expect(chosen).toHaveAccessibleDescription(/12/);
  await expect(chosen).toHaveAttribute("aria-invalid", "true");
  await chosen.fill(own);
  await save.click();
  await expect(page).toHaveURL(/customers\?view=not_seen/);
  await expect(page.getByText(text("ja", "password.saved"))).toBeVisible();

  await page.goto("/settings/security");
  await page.getByRole("button", { name: text("ja", "me.sign_out_everywhere"), exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  await signIn(page, login, own);
  await expect(page.locator("[data-widget]").first()).toBeVisible();
});
