import { type APIRequestContext, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { expectAccessible, expectNoFinding } from "./accessible";
import { expect, test, type Company } from "./company";
import { password } from "./people";
import { settled } from "./steps";
import { text } from "./texts";

test.use({ of: "notifications" });

/** A signed-in browser, in English. */
async function enter(context: BrowserContext, company: Company, login: string): Promise<string> {
  const session = await context.request.post(`${company.url}/api/v1/session`, { data: { login, password: password() } });
  expect(session.ok(), await session.text()).toBe(true);
  const { csrf, user } = (await session.json()) as { csrf: string; user: { id: string } };
  await context.request.patch(`${company.url}/api/v1/me`, { data: { lang: "en" }, headers: { "X-CSRF-Token": csrf } });
  return user.id;
}

/** Another person, elsewhere, who acts by the API. */
async function colleague(browser: Browser, company: Company, login = "admin") {
  const context = await browser.newContext({ baseURL: company.url });
  await enter(context, company, login);
  const write = async (method: "POST" | "PATCH", path: string, data: object) => sent(context.request, method, path, data);
  return { write, leave: () => context.close() };
}

async function sent(request: APIRequestContext, method: "POST" | "PATCH", path: string, data: object): Promise<{ id: string }> {
  const { csrf } = (await (await request.get("/api/v1/me")).json()) as { csrf: string };
  const answer = await request.fetch(path, { method, data, headers: { "X-CSRF-Token": csrf } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string };
}

const bell = (page: Page) => page.getByRole("button", { name: new RegExp(`^${text("en", "notifications.title")}`) });
const unread = async (page: Page): Promise<number> => Number(/\d+/.exec((await bell(page).getAttribute("aria-label")) ?? "")?.[0] ?? 0);

/** The page has read what changed. Asked for before what makes it read, since the answer may come at once. */
const followed = (page: Page) => page.waitForResponse((response) => response.url().includes("/api/v1/changes"));

const item = (page: Page, subject: string) => page.getByRole("listitem").filter({ hasText: subject });

test("what a colleague does is told at once, opens its record, and is read then", async ({ page, context, browser, company }) => {
  const me = await enter(context, company, "mr4");
  const other = await colleague(browser, company);
  const listening = followed(page);
  await page.goto("/");
  await settled(page);
  await expect(bell(page)).toBeVisible();
  await listening;
  const before = await unread(page);
  const subject = `Bring the table ${Date.now()}`;
  const task = await other.write("POST", "/api/v1/task", { subject, owner: me });
  await expect.poll(() => unread(page)).toBe(before + 1);
  await bell(page).click();
  const panel = page.getByRole("dialog", { name: text("en", "notifications.title") });
  await expect(panel.getByText(subject)).toBeVisible();
  await expect(panel.getByText(text("en", "notifications.is_unread")).first()).toBeVisible();
  await panel.getByRole("link", { name: new RegExp(subject) }).click();
  await expect(page).toHaveURL(new RegExp(task.id));
  await expect.poll(() => unread(page)).toBe(before);
  await other.leave();
});

test("a doctor's page follows what others record; a form in use is left in peace", async ({ page, context, browser, company }) => {
  await enter(context, company, "mr4");
  const other = await colleague(browser, company);
  await page.goto("/");
  const doctor = await sent(page.request, "POST", "/api/v1/hcp", { family_name: "Live", given_name: "Lee", kind: "doctor", temperature: "neutral", position: "Consultant" });
  const listening = followed(page);
  await page.goto(`/hcp/${doctor.id}?view=profile`);
  await settled(page);
  const shown = page.locator("dd");
  await expect(shown.getByText("Consultant")).toBeVisible();
  await listening;
  await other.write("PATCH", `/api/v1/hcp/${doctor.id}`, { position: "Professor" });
  await expect(shown.getByText("Professor")).toBeVisible();

  const work = page.getByRole("region", { name: "Place of work", exact: true });
  await work.getByRole("button").first().click();
  await work.getByLabel("Department").fill("Cardiology");
  const told = followed(page);
  await other.write("PATCH", `/api/v1/hcp/${doctor.id}`, { position: "Dean" });
  await told;
  await page.waitForTimeout(1000);
  await expect(work.getByLabel("Department")).toHaveValue("Cardiology");
  await expect(work.getByLabel("Position")).toHaveValue("Professor");
  await work.getByRole("button", { name: text("en", "app.cancel") }).click();
  await expect(shown.getByText("Dean")).toBeVisible();
  await other.leave();
});

test("two tabs share one stream, and both are told", async ({ page, context, browser, company }) => {
  const me = await enter(context, company, "mr4");
  const other = await colleague(browser, company);
  let streams = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/v1/events")) streams += 1;
  });
  const listening = followed(page);
  await page.goto("/");
  await listening;
  const second = await context.newPage();
  await second.goto("/notifications");
  await settled(second);
  await expect(bell(second)).toBeVisible();
  const subject = `Told in both ${Date.now()}`;
  const before = await unread(page);
  await other.write("POST", "/api/v1/task", { subject, owner: me });
  await expect(item(second, subject).first()).toBeVisible();
  await expect.poll(() => unread(page)).toBe(before + 1);
  expect(streams).toBe(1);
  await other.leave();
});

test("notifications are marked, taken back, and shown by day", async ({ page, context, browser, company }) => {
  const me = await enter(context, company, "mr5");
  const other = await colleague(browser, company);
  await page.goto("/notifications");
  await settled(page);
  const stamp = Date.now();
  for (const name of ["first", "second"]) await other.write("POST", "/api/v1/task", { subject: `${name} ${stamp}`, owner: me });
  const first = item(page, `first ${stamp}`).first();
  await expect(first).toBeVisible();
  await expect(page.getByRole("heading", { name: /today/i })).toBeVisible();
  const marked = await unread(page);
  const undo = page.getByRole("button", { name: text("en", "app.undo") });

  await first.getByRole("button", { name: /^Mark as read/ }).click();
  await expect.poll(() => unread(page)).toBe(marked - 1);
  await expect(first.getByText(text("en", "notifications.is_unread"), { exact: true })).toBeHidden();
  await undo.last().click();
  await expect.poll(() => unread(page)).toBe(marked);

  await page.getByRole("button", { name: text("en", "notifications.mark_all") }).click();
  await expect.poll(() => unread(page)).toBe(0);
  await page.getByRole("link", { name: new RegExp(`^${text("en", "notifications.unread")}`) }).click();
  await expect(page).toHaveURL(/show=unread/);
  await expect(page.getByText(text("en", "notifications.none_unread"), { exact: true })).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: text("en", "app.undo") }).last().click();
  await expect.poll(() => unread(page)).toBe(marked);
  await expect(item(page, `second ${stamp}`).first()).toBeVisible();
  await page.reload();
  await expect(item(page, `second ${stamp}`).first()).toBeVisible();
  await other.leave();
});

test("a server that no longer answers is said quietly, and so is its return", async ({ page, context, company, isMobile }) => {
  test.skip(isMobile === true, "the same on every screen, and it takes its time");
  await enter(context, company, "mr4");
  await page.route(/\/api\/v1\/(events|changes)/, (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText(text("en", "notifications.live_lost"))).toBeVisible({ timeout: 20_000 });
  await page.unroute(/\/api\/v1\/(events|changes)/);
  await expect(page.getByText(text("en", "notifications.live_back"))).toBeVisible({ timeout: 25_000 });
  await expect(page.getByText(text("en", "notifications.live_back"))).toBeHidden({ timeout: 10_000 });
});

test("the centre meets WCAG 2.2 AA in both colours, with nothing and with something to tell @tablet", async ({ page, context, company }) => {
  await enter(context, company, "mr5");
  await page.goto("/notifications");
  await expect(page.getByRole("listitem").first()).toBeVisible();
  await expectAccessible(page);
  await bell(page).click();
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
  await expectNoFinding(page, "[popover]");
});

test("who was told nothing is told what will be told here", async ({ page, context, company }) => {
  await enter(context, company, "marketing1");
  await page.goto("/notifications");
  await expect(page.getByText(text("en", "notifications.none_help"))).toBeVisible();
  await page.getByRole("link", { name: text("en", "notifications.choose") }).click();
  await expect(page).toHaveURL(/settings\/notifications/);
});
