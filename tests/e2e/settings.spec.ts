import { type BrowserContext, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test, type Company } from "./company";
import { password } from "./people";
import { settled } from "./steps";
import { text } from "./texts";

test.use({ of: "settings" });

const sections = ["language", "appearance", "notifications", "mail", "security", "tokens"];

async function enter(context: BrowserContext, company: Company, login = "mr4", lang = "en"): Promise<string> {
  const session = await context.request.post(`${company.url}/api/v1/session`, { data: { login, password: password() } });
  expect(session.ok(), await session.text()).toBe(true);
  const { csrf } = (await session.json()) as { csrf: string };
  await context.request.patch(`${company.url}/api/v1/me`, { data: { lang }, headers: { "X-CSRF-Token": csrf } });
  return csrf;
}

const me = async (page: Page) => ((await (await page.request.get("/api/v1/me")).json()) as { user: Record<string, unknown> }).user;
const title = (page: Page) => page.getByRole("heading", { level: 1 });

test("each part has an address, is found from the person's menu, and meets WCAG 2.2 AA in both colours @tablet", async ({ page, context, company }) => {
  await enter(context, company);
  await page.goto("/me");
  await expect(page).toHaveURL(/settings\/language$/);
  for (const section of sections) {
    await page.goto(`/settings/${section}`);
    await expect(page.locator("main h2").first()).toBeVisible();
    await expectAccessible(page);
  }
});

test("the time zone is found by its place and kept at the server", async ({ page, context, company }) => {
  await enter(context, company);
  await page.goto("/settings/language");
  const zone = page.getByRole("textbox", { name: text("en", "me.zone") }).or(page.getByRole("combobox", { name: text("en", "me.zone") }));
  await zone.click();
  await zone.fill("kathmandu");
  await page.getByRole("option", { name: /Kathmandu.*UTC\+05:45/ }).click();
  await expect(page.getByText(text("en", "settings.zone_saved"))).toBeVisible();
  await expect.poll(async () => (await me(page))["zone"]).toBe("Asia/Kathmandu");
  await page.reload();
  await expect(zone).toHaveValue(/Kathmandu/);
});

test("names stand in the order that the reader chose", async ({ page, context, company }) => {
  const csrf = await enter(context, company);
  await page.goto("/settings/language");
  const made = await page.request.post("/api/v1/hcp", { data: { family_name: "Okafor", given_name: "Ada", kind: "doctor" }, headers: { "X-CSRF-Token": csrf } });
  const { id } = (await made.json()) as { id: string };
  await page.goto(`/hcp/${id}`);
  await expect(title(page)).toContainText("Ada Okafor");
  await page.goto("/settings/language");
  // Chosen once the server has it, not at the click.
  const familyFirst = page.getByRole("radio", { name: new RegExp(text("en", "settings.family_first")) });
  await familyFirst.click();
  await expect(page.getByText(text("en", "settings.name_order_saved"))).toBeVisible();
  await expect(familyFirst).toBeChecked();
  await page.goto(`/hcp/${id}`);
  await expect(title(page)).toContainText("Okafor Ada");
});

test("the language changes without a reload; a kind of notification is turned off and on again", async ({ page, context, company }) => {
  await enter(context, company, "mr5");
  await page.goto("/settings/notifications");
  const tasks = page.getByRole("switch", { name: /^Tasks/ });
  await expect(tasks).toBeChecked();
  await tasks.click();
  await expect(tasks).not.toBeChecked();
  await expect.poll(async () => (await me(page))["muted"]).toEqual(["task"]);
  await page.getByRole("button", { name: text("en", "app.undo") }).click();
  await expect(tasks).toBeChecked();
  await page.goto("/settings/language");
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await page.locator("label:has([lang=zh])").click();
  await expect(title(page)).toHaveText(text("zh", "settings.title"));
  await expect(page.getByText(text("zh", "me.language_saved"))).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
});

test("this session is marked, and those elsewhere are ended", async ({ page, context, browser, company }) => {
  await enter(context, company, "mr3");
  const elsewhere = await browser.newContext({ baseURL: company.url });
  await enter(elsewhere, company, "mr3");
  const there = await elsewhere.newPage();
  await there.goto("/");
  await settled(there);
  await page.goto("/settings/security");
  await expect(page.getByText(text("en", "settings.this_one"))).toHaveCount(1);
  await page.getByRole("button", { name: text("en", "settings.end_others") }).click();
  await expect(page.getByText(text("en", "settings.ended_others"))).toBeVisible();
  await expect(page.getByRole("button", { name: text("en", "settings.end_others") })).toBeHidden();
  await there.goto("/customers");
  await expect(there).toHaveURL(/sign-in/);
  await elsewhere.close();
});

test("a token is shown once, works, and is refused once it is revoked", async ({ page, context, company, playwright }) => {
  await enter(context, company, "mr2");
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: text("en", "settings.token_new") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel(text("en", "settings.token_name"))).toBeFocused();
  await dialog.getByRole("button", { name: text("en", "settings.token_create") }).click();
  await expect(dialog.getByText(text("en", "settings.token_name_required"))).toBeVisible();
  await dialog.getByLabel(text("en", "settings.token_name")).fill("Calendar");
  await dialog.getByRole("button", { name: text("en", "settings.token_create") }).click();
  const secret = (await dialog.locator("code").innerText()).trim();
  expect(secret).toMatch(/^ondo_/);
  const program = await playwright.request.newContext({ baseURL: company.url, extraHTTPHeaders: { Authorization: `Bearer ${secret}` } });
  expect((await program.get("/api/v1/me")).status()).toBe(200);
  await dialog.getByRole("button", { name: text("en", "settings.token_done") }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole("button", { name: text("en", "settings.revoke_of", { name: "Calendar" }) }).click();
  await page.getByRole("dialog").getByRole("button", { name: text("en", "settings.revoke"), exact: true }).click();
  await expect(page.getByText(text("en", "settings.revoked"))).toBeVisible();
  expect((await program.get("/api/v1/me")).status()).toBe(401);
  await program.dispose();
});

test("V8: the calendar's address is shown once, opens the calendar without signing in, and is worthless once it is revoked", async ({ page, context, company, playwright }) => {
  await enter(context, company, "mr1");
  await page.goto("/settings/mail");
  await page.getByRole("button", { name: text("en", "mail.calendar_make") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(text("en", "mail.calendar_brief"), { exact: true }).click();
  await dialog.getByRole("button", { name: text("en", "mail.calendar_make") }).click();
  const address = (await dialog.locator("code").innerText()).trim();
  const program = await playwright.request.newContext();
  const feed = await program.get(address);
  expect(feed.status()).toBe(200);
  expect(await feed.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  await dialog.getByRole("button", { name: text("en", "settings.token_done") }).click();
  await page.getByRole("button", { name: text("en", "settings.revoke"), exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: text("en", "settings.revoke"), exact: true }).click();
  await expect(page.getByText(text("en", "mail.calendar_revoked"))).toBeVisible();
  expect((await program.get(address)).status()).toBe(404);
  await program.dispose();
});

test("colours are kept on the device", async ({ page, context, company }) => {
  await enter(context, company);
  await page.goto("/settings/appearance");
  await page.getByText(text("en", "me.colours_dark"), { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});
