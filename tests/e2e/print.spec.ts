/** On paper: a list with all its rows, and a record; what is told, and nothing that only a screen can use. */
import { expect, test, type Page } from "@playwright/test";
import { openAs, openDoctor, settled } from "./steps";
import { text } from "./texts";

test.skip(({ isMobile }) => isMobile === true, "paper has one size");

/** A printer that keeps what it was given: the sheet goes from the page once it is printed. */
async function withPrinter(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.print = () => {
      const sheet = document.querySelector("body > div > table")?.parentElement?.cloneNode(true) as HTMLElement | undefined;
      if (sheet === undefined) return;
      sheet.dataset["printed"] = "";
      document.body.append(sheet);
    };
  });
}

/** Nothing to press, and no way to other screens. */
async function expectPaper(page: Page): Promise<void> {
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("textbox")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "wider than the sheet").toBeLessThanOrEqual(0);
}

test("a list is printed with its name, what it was narrowed by, its columns and all its rows", async ({ page }) => {
  const cold = { in: [{ var: "temperature" }, ["skeptical", "prefers_competitor"]] };
  const filter = encodeURIComponent(JSON.stringify(cold));
  await withPrinter(page);
  await openAs(page, "reader", `/customers?filter=${filter}`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const heads = (await page.getByRole("columnheader").allInnerTexts()).map((head) => head.trim()).filter((head) => head !== "");
  const { total } = (await (await page.request.get(`/api/v1/hcp?filter=${filter}&limit=1&total=true`)).json()) as { total: number };

  await page.getByRole("button", { name: text("en", "list.more"), exact: true }).click();
  await page.getByRole("menuitem", { name: text("en", "list.print"), exact: true }).click();
  const sheet = page.locator("[data-printed]");
  await expect(sheet).toBeAttached();
  await page.emulateMedia({ media: "print" });
  await expect(sheet.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(sheet).toContainText("Skeptical or Prefers competitor");
  expect(await sheet.getByRole("columnheader").allInnerTexts()).toEqual(heads);
  expect(total).toBeGreaterThan(0);
  await expect(sheet.getByRole("row")).toHaveCount(Math.min(total, 2000) + 1);
  await expect(page.locator("main")).toBeHidden();
  await expectPaper(page);
});

test("a doctor is printed as the screen tells them", async ({ page }) => {
  await openAs(page, "reader");
  await openDoctor(page);
  await settled(page);
  const name = (await page.locator("article h1").innerText()).trim();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("article h1")).toHaveText(name);
  await expect(page.locator("article [data-temperature]").first()).toBeVisible();
  await expectPaper(page);
});
