/** An administrator's people, the journal with its proof, and the way from sample data to a company of one's own. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { settled, signIn } from "./steps";
import { text } from "./texts";

test.use({ of: "admin_users" });

// One company: what one test adds the next one finds, and the last takes everything away.
test.describe.configure({ mode: "serial" });

const t = (key: string, facts?: Record<string, string>) => text("en", key, facts);

/** Signs in to this test's own company, reading English. */
async function enter(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/sign-in");
  await signIn(page, "admin");
  await expect(page).not.toHaveURL(/sign-in/);
  await expect(page.locator("main h1").first()).toBeVisible();
  const me = (await (await page.request.get("/api/v1/me")).json()) as { csrf: string };
  await page.request.patch("/api/v1/me", { data: { lang: "en" }, headers: { "X-CSRF-Token": me.csrf } });
  await page.goto(path);
  await settled(page);
}

async function signInElsewhere(browser: Browser, url: string, login: string, secret: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await page.goto("/sign-in");
  await signIn(page, login, secret);
  return page;
}

const act = async (page: Page, name: string, item: string): Promise<void> => {
  await page.getByRole("button", { name: t("users.act_of", { name }) }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("somebody is added, signs in with the handed-out password, is signed out and kept out", async ({ page, browser, company }, info) => {
  const login = `new_${info.project.name}`;
  const name = `Newcomer ${info.project.name}`;
  await enter(page, "/admin/users");
  await expectAccessible(page);

  await page.getByRole("button", { name: t("users.add") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("users.add") }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("textbox", { name: "Login" }).fill(login);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("mr");
  await dialog.getByRole("button", { name: t("users.add") }).click();
  await dialog.getByRole("button", { name: t("users.password_make") }).click();
  const secret = (await dialog.locator("[data-password]").textContent()) ?? "";
  expect(secret).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/);
  await dialog.getByRole("button", { name: t("users.password_told") }).click();

  const newcomer = await signInElsewhere(browser, company.url, login, secret);
  await expect(newcomer).toHaveURL(/password/); // one of their own is asked for first

  await page.getByRole("searchbox", { name: t("users.search") }).fill(name);
  await expect(page.getByRole("status").filter({ hasText: "1 user" })).toBeVisible();
  await act(page, name, t("users.sign_out"));
  await page.getByRole("dialog").getByRole("button", { name: t("users.sign_out") }).click();
  await expect(page.getByText(t("users.sign_out_done", { name }))).toBeVisible();
  await newcomer.goto("/");
  await expect(newcomer).toHaveURL(/sign-in/);

  await act(page, name, t("users.disable"));
  await expect(page.getByRole("dialog").getByText(/0 doctors stay assigned/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: t("users.disable") }).click();
  await expect(page.getByText(t("users.none"))).toBeVisible();
  await signIn(newcomer, login, secret);
  await expect(newcomer).toHaveURL(/sign-in/);
});

test("the journal is searched, an entry is proved in plain words, and what is shown is saved", async ({ page }) => {
  await enter(page, "/admin/journal?object=user&action=update");
  const entry = page.getByRole("listitem").filter({ hasText: "Language" }).first();
  await expect(entry).toContainText("English");
  await expectAccessible(page);
  await entry.getByRole("button", { name: new RegExp(`^${t("journal.prove")}`) }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(t("journal.proof_holds"))).toBeVisible();
  await dialog.getByText(t("journal.proof_details")).click();
  await expect(dialog.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: t("app.close") }).click();

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: t("journal.export") }).click()]);
  expect(file.suggestedFilename()).toBe("journal.csv");
  expect(readFileSync(await file.path(), "utf8")).toContain("Language");

  await page.getByRole("searchbox", { name: t("journal.words") }).fill("nobody ever wrote this");
  await expect(page.getByText(t("journal.none"))).toBeVisible();
  await expect(page).toHaveURL(/q=nobody/);
});

test("sample data is removed by whoever types that they mean it", async ({ page }) => {
  await enter(page, "/admin/sample");
  await expect(page.getByRole("row").filter({ hasText: "Visits" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: t("sample.remove") }).click();
  const dialog = page.getByRole("dialog");
  const remove = dialog.getByRole("button", { name: t("sample.remove") });
  await expect(remove).toBeDisabled();
  await dialog.getByRole("textbox").fill("remove sample data");
  await remove.click();
  await expect(page.getByText(t("sample.removed"))).toBeVisible({ timeout: 60_000 });
  await page.goto("/admin/sample");
  await expect(page.getByText(t("sample.none"))).toBeVisible();
  const people = (await (await page.request.get("/api/v1/hcp?total=true&limit=1")).json()) as { total: number };
  expect(people.total).toBe(0);
});
