/** X13 on the screen: a file of another system is brought, mended where it stands, imported, and taken back. */
import { type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { signIn } from "./steps";
import { choice, text, type Language } from "./texts";

test.use({ of: "imports" });

/** As a spreadsheet of the office saves it. */
function cp932(rows: string[][]): Buffer {
  const csv = rows.map((row) => `${row.join(",")}\r\n`).join("");
  return execFileSync("iconv", ["-f", "UTF-8", "-t", "CP932"], { input: csv });
}

/** Three rows are bad: a kind that there is not, no name, and a key that stood before. */
const fileOf = (prefix: string): Buffer =>
  cp932([
    ["医療機関コード", "医療機関名", "種別", "備考"],
    [`${prefix}1`, "東京第一病院", "一般病院", ""],
    [`${prefix}2`, "横浜みなと薬局", "薬屋", "x"],
    [`${prefix}3`, "", "クリニック", ""],
    [`${prefix}1`, "重複病院", "クリニック", ""],
    [`${prefix}5`, "福岡南クリニック", "クリニック", ""],
  ]);

async function enterAsAdmin(page: Page): Promise<void> {
  await signIn(page, "admin");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await expect(page.locator("nav").first()).toBeVisible();
}

async function enter(page: Page, lang: Language): Promise<void> {
  await page.goto("/");
  await enterAsAdmin(page);
  const me = (await (await page.request.get("/api/v1/me")).json()) as { csrf: string };
  await page.request.patch("/api/v1/me", { data: { lang }, headers: { "X-CSRF-Token": me.csrf } });
}

async function bring(page: Page, prefix: string): Promise<void> {
  await page.goto("/imports/new?object=hco");
  await page.locator("input[type=file]").setInputFiles({ name: "病院.csv", mimeType: "text/csv", buffer: fileOf(prefix) });
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await expect(page.getByText("東京第一病院")).toBeVisible();
}

const step = (page: Page, lang: Language, name: "check" | "confirm") =>
  page.getByRole("button", { name: text(lang, `imports.to_${name}`) }).click();

const isPhone = (): boolean => test.info().project.name === "phone";

/** Mends a bad cell as the device wants it: in the grid by Enter, on a phone's card where it stands. */
async function mend(page: Page, lang: Language, line: number, column: number, heading: string, value: string): Promise<void> {
  if (isPhone()) {
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: text(lang, "imports.line_n", { line: String(line) }) }) });
    await card.getByLabel(heading).fill(value);
    await card.getByLabel(heading).blur();
    return;
  }
  await page.locator(`[data-cell="${line}:${column}"]`).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
  await expect(page.locator(`[data-cell="${line}:${column}"]`)).toHaveText(value);
}

test("X13 an administrator imports a CP932 file with three bad rows, mends them in place, and takes it back", async ({ page }) => {
  const lang: Language = "ja";
  const prefix = isPhone() ? "EP" : "ED";
  await enter(page, lang);
  await bring(page, prefix);
  await expect(page.getByLabel(text(lang, "imports.encoding"), { exact: true })).toHaveValue("Shift_JIS");
  await step(page, lang, "check");

  const failing = page.getByRole("region", { name: text(lang, "imports.failing") });
  await expect(failing).toContainText("薬屋");
  await expect(failing.getByRole("heading", { level: 2 })).toContainText("3");
  await expect(failing).toContainText(choice("hco", "kind", "pharmacy", lang), { ignoreCase: true });
  await mend(page, lang, 3, 3, "種別", choice("hco", "kind", "pharmacy", lang));
  await mend(page, lang, 4, 2, "医療機関名", "名のある病院");
  await page.getByRole("button", { name: text(lang, "imports.leave_out") }).last().click();
  await expect(page.getByText(text(lang, "imports.checked"))).toBeVisible();
  await expect(page.getByText(text(lang, "imports.row_fixed"), { exact: true })).toHaveCount(2);

  // Closed and opened again: nothing of it is lost.
  const address = page.url();
  await page.goto("/imports");
  await page.getByRole("link", { name: "病院.csv" }).first().click();
  await expect(page).toHaveURL(new RegExp(new URL(address).pathname));
  await page.goto(`${new URL(address).pathname}?step=confirm`);
  await expect(page.getByText("4件", { exact: false }).first()).toBeVisible();
  await page.getByRole("button", { name: text(lang, "imports.run"), exact: true }).click();
  await expect(page.getByText(text(lang, "imports.was_done"))).toBeVisible();

  await page.getByRole("link", { name: text(lang, "imports.see_records") }).click();
  await expect(page.getByText("名のある病院").first()).toBeVisible();
  await page.goto(new URL(address).pathname);
  await page.getByRole("button", { name: text(lang, "imports.undo") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("4件");
  await dialog.getByRole("button", { name: text(lang, "imports.undo") }).click();
  await expect(page.getByText(text(lang, "imports.was_undone"))).toBeVisible();
  await page.goto("/imports");
  await expect(page.getByText(text(lang, "imports.state_undone")).first()).toBeVisible();
});

test("X13 by keyboard alone: Tab goes from one bad cell to the next and Escape leaves a cell as it was", async ({ page }) => {
  test.skip(isPhone(), "a phone has cards instead");
  await enter(page, "en");
  await bring(page, "KB");
  await step(page, "en", "check");
  const bad = page.locator("td[data-bad] [data-cell]");
  await expect(bad).toHaveCount(3);
  await bad.first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Pharmacy");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Named");
  await page.keyboard.press("Tab");
  await page.keyboard.type("never");
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-cell="3:3"]')).toHaveText("Pharmacy");
  await expect(page.locator('[data-cell="4:2"]')).toHaveText("Named");
  await expect(page.locator('[data-cell="5:1"]')).toHaveText("KB1");
  await expect(page.locator('[data-cell="5:1"]')).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator('[data-cell="5:2"]')).toBeFocused();
  await expect(page.getByText(text("en", "imports.row_fixed"), { exact: true })).toHaveCount(2);
});

test("X13 two people on one file: nobody's work is overwritten unseen", async ({ page, browser, company }) => {
  await enter(page, "en");
  await bring(page, isPhone() ? "TP" : "TD");
  const other = await (await browser.newContext({ baseURL: company.url })).newPage();
  await other.goto("/");
  await enterAsAdmin(other);
  await other.goto(page.url());
  await expect(other.getByText("東京第一病院")).toBeVisible();
  const none = (on: Page) => on.getByRole("radio", { name: text("en", "imports.key_none") });
  const code = (on: Page) => on.getByRole("radio").first();
  await none(page).check();
  await page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.request().method() === "PUT");
  await code(other).check();
  await none(other).check();
  await expect(other.getByText(text("en", "imports.conflict"))).toBeVisible();
  await other.getByRole("button", { name: text("en", "imports.keep_mine") }).click();
  await expect(other.getByText(text("en", "imports.conflict"))).toBeHidden();
  await other.context().close();
});

/** Both colours on both sizes of screen, and each language once. */
for (const [lang, size] of [["ja", "phone"], ["en", "phone"], ["zh", "desktop"]] as const) {
  test(`imports meet WCAG 2.2 AA in both colours (${lang})`, async ({ page }) => {
    test.skip(test.info().project.name !== size, `${lang} on a ${size}`);
    await enter(page, lang);
    await page.goto("/imports/new?object=hco");
    await expectAccessible(page);
    await bring(page, `A${lang}${isPhone() ? "P" : "D"}`);
    await page.getByRole("combobox", { name: text(lang, "imports.field_for", { column: "備考" }) }).click();
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await step(page, lang, "check");
    await expect(page.getByText(text(lang, "imports.checked"))).toBeVisible();
    await expectAccessible(page);
    await step(page, lang, "confirm");
    await expect(page.getByRole("heading", { name: text(lang, "imports.confirm_title") })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: text(lang, "imports.run"), exact: true }).click();
    await expect(page.getByText(text(lang, "imports.was_done"))).toBeVisible();
    await page.getByRole("button", { name: text(lang, "imports.undo") }).click();
    await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
    await expectAccessible(page);
    await page.goto("/imports");
    await expectAccessible(page);
  });
}
