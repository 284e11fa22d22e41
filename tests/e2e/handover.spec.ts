/** E9, X11: fifty doctors change hands; what was known of them is written down, read, and the handover completes itself. */
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test, type Company } from "./company";
import { settled, signIn, write, type Written } from "./steps";
import { choice, text } from "./texts";

test.use({ of: "handover" });
test.skip(({ isMobile }) => isMobile === true, "one company, one handover");

const t = (key: string, facts?: Record<string, string>) => text("en", key, facts);
const doctorCount = 50;

interface Item extends Written {
  name?: string;
  missing?: string[] | null;
}

const get = async <Answer>(page: Page, path: string): Promise<Answer> => (await (await page.request.get(path)).json()) as Answer;

/** Somebody at a device of their own, reading English. */
async function enter(browser: Browser, company: Company, login: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: company.url, viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, login);
  await expect(page).not.toHaveURL(/sign-in/);
  await write(page, "PATCH", "/api/v1/me", { lang: "en" });
  return page;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** Fifty of a representative's doctors, the most important first, made findable by a tag. */
async function tagFifty(page: Page, owner: string): Promise<void> {
  const mine = encodeURIComponent(JSON.stringify({ "==": [{ var: "owner" }, owner] }));
  const { items } = await get<{ items: Item[] }>(page, `/api/v1/hcp?filter=${mine}&sort=-tier&limit=${doctorCount}`);
  expect(items).toHaveLength(doctorCount);
  await write(page, "POST", "/api/v1/hcp/change", { ids: items.map(({ id }) => id), changes: { tags: { add: ["fifty"] } } });
}

const doctorsOf = async (page: Page, plan: string) =>
  (await get<{ items: Item[] }>(page, `/api/v1/handover_plan/${plan}/doctors?limit=${doctorCount}`)).items;

test("E9: fifty doctors are handed over: preview, packs, reading, completion", async ({ browser, company }) => {
  test.setTimeout(120_000);
  const manager = await enter(browser, company, "manager1");
  const users = await get<{ items: (Item & { login?: string; name: string })[] }>(manager, "/api/v1/user?limit=100");
  const mr1 = await enter(browser, company, "mr1");
  const mr2 = await enter(browser, company, "mr2");
  const { user: from } = await get<{ user: Item }>(mr1, "/api/v1/me");
  const { user: to } = await get<{ user: Item }>(mr2, "/api/v1/me");
  const toName = users.items.find(({ id }) => id === to.id)?.name ?? "";
  await tagFifty(manager, from.id);

  // The manager chooses them in the list and sees what it means before it happens.
  const tagged = encodeURIComponent(JSON.stringify({ in: ["fifty", { var: "tags" }] }));
  await open(manager, `/customers?filter=${tagged}`);
  await manager.getByRole("checkbox", { name: t("list.choose_all", { count: String(doctorCount) }) }).click();
  await manager.getByRole("button", { name: t("handover.hand_over_to") }).click();
  const dialog = manager.getByRole("dialog");
  const successor = dialog.getByRole("combobox", { name: "To", exact: true });
  await successor.fill(toName);
  await dialog.getByRole("option", { name: toName }).click();
  await expect(dialog.getByText(`hands over ${doctorCount} doctors`)).toBeVisible();
  await dialog.getByRole("button", { name: t("handover.begin"), exact: true }).click();
  await expect(manager).toHaveURL(/\/handover\/[0-9a-f-]{36}$/);
  const plan = new URL(manager.url()).pathname.split("/").at(-1) ?? "";
  await expect(manager.getByText(t("handover.of", { value: "0", of: String(doctorCount) })).first()).toBeVisible();
  await expectAccessible(manager);

  // Not while something about the most important doctors is missing: the server says so.
  await manager.getByRole("button", { name: t("handover.complete"), exact: true }).click();
  await expect(manager.getByText(/memos on doctors of tier A are still missing/)).toBeVisible();

  // The predecessor writes what is missing where the list shows it, though the doctors are somebody else's by now.
  const incomplete = (await doctorsOf(mr1, plan)).filter(({ missing }) => missing !== null);
  const [first, ...others] = incomplete;
  await open(mr1, `/handover/${plan}?show=missing`);
  const card = mr1.locator(`[data-handover="${first?.id ?? ""}"]`);
  for (const kind of first?.missing ?? []) {
    const label = choice("memo", "kind", kind, "en");
    const input = card.getByRole("textbox", { name: label });
    if (!(await input.isVisible())) await card.getByRole("button", { name: label }).click();
    await input.fill(`What the successor must know: ${kind}`);
    await card.getByRole("button", { name: t("app.save") }).click();
    await expect(card.getByRole("button", { name: label })).toHaveCount(0);
  }
  await expect(card).toHaveCount(0);
  for (const { id } of others) await write(mr1, "PATCH", `/api/v1/handover/${id}`, { memo_complete: true });

  // The successor reads the packs, one after the other.
  const [one, two, ...rest] = await doctorsOf(mr2, plan);
  await open(mr2, `/handover/${plan}/${one?.id ?? ""}/pack`);
  await expect(mr2.getByRole("link", { name: t("handover.pdf") })).toHaveAttribute("href", `/api/v1/handover/${one?.id ?? ""}/pack.pdf`);
  await expectAccessible(mr2);
  await mr2.getByRole("button", { name: t("handover.i_have_read") }).click();
  await expect(mr2.getByText(t("handover.read_saved"))).toBeVisible();
  await mr2.getByRole("link", { name: t("handover.next_unread") }).click();
  await expect(mr2).toHaveURL(new RegExp(`${two?.id ?? ""}/pack$`));
  for (const { id } of rest) await write(mr2, "POST", `/api/v1/handover/${id}/read`, {});
  await mr2.getByRole("button", { name: t("handover.i_have_read") }).click();
  await expect(mr2.getByText(t("handover.read_saved")).first()).toBeVisible();

  // Nobody has to close it: all is written and all is read.
  await open(manager, `/handover/${plan}`);
  await expect(manager.getByText(choice("handover_plan", "state", "completed", "en"), { exact: true })).toBeVisible();
  await expect(manager.getByText(t("handover.of", { value: String(doctorCount), of: String(doctorCount) }))).toHaveCount(2);
});
