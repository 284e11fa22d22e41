import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNoFinding } from "./accessible";
import { openAs, settled, write, type Written } from "./steps";
import { text } from "./texts";

const openPalette = async (page: Page) => {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: text("en", "palette.placeholder") })).toBeFocused();
};

const ownDoctor = (page: Page): Promise<Written> =>
  write(page, "POST", "/api/v1/hcp", { kind: "doctor", family_name: "霧島", given_name: "蓮", position: "Consultant" });

test.describe("the palette", () => {
  test("finds a person by a few letters and opens their page, by keys alone or by thumb", async ({ page, isMobile }) => {
    await openAs(page, "reader");
    const doctor = await ownDoctor(page);
    if (isMobile) await page.getByRole("button", { name: text("en", "palette.open") }).first().tap();
    else await openPalette(page);
    await page.getByRole("combobox", { name: text("en", "palette.placeholder") }).fill("霧島 蓮");
    const option = page.getByRole("option", { name: /霧島/ }).first();
    await expect(option).toBeVisible();
    if (isMobile) await option.tap();
    else await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/hcp/${doctor.id}`));
    // The screen that was reached is announced by its heading, and the tab bears its name.
    await expect(page.locator("main h1")).toBeFocused();
    await expect(page).toHaveTitle(/霧島|蓮/);
    // Where the person was stands first the next time.
    await page.goto("/customers");
    await page.getByRole("button", { name: text("en", "palette.open") }).first().click();
    await expect(page.getByRole("option").first()).toContainText(/霧島|蓮/);
  });

  test("does what can be done: a record of any object, another place, the screen's own actions", async ({ page, isMobile }) => {
    test.skip(isMobile === true, "a phone has no keyboard");
    await openAs(page, "admin", "/o/product");
    await openPalette(page);
    await expect(page.getByRole("group", { name: text("en", "palette.group_here") })).toContainText(text("en", "object.new_of", { what: "Product" }));
    await page.keyboard.type("new team");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/o\/team\/new/);
    await openPalette(page);
    await page.keyboard.type("nothing is called so");
    await expect(page.getByText(text("en", "palette.nothing"))).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("combobox", { name: text("en", "palette.placeholder") })).toHaveCount(0);
  });
});

test.describe("shortcuts", () => {
  test.skip(({ isMobile }) => isMobile === true, "a phone has no keyboard");

  test("walk a list, go to places, search, and are listed by ?", async ({ page }) => {
    await openAs(page, "reader");
    const { items: doctors } = (await (await page.request.get("/api/v1/hcp?limit=1&fields=primary_hco&sort=-last_visit_at&filter=" + encodeURIComponent('{"!!":[{"var":"primary_hco"}]}'))).json()) as { items: { primary_hco: string }[] };
    const place = `/o/hco/${doctors[0]?.primary_hco}`;
    await page.goto(`${place}?view=related`);
    const items = page.locator("main [data-item]");
    await expect(items.nth(2)).toBeVisible();
    // All lists are there before the first step: none comes between.
    await settled(page);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(items.nth(1)).toBeFocused();
    await page.keyboard.press("k");
    await expect(items.nth(0)).toBeFocused();
    await page.keyboard.press("o");
    await expect(page).not.toHaveURL(new RegExp(place));
    await settled(page);
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect(page).toHaveURL(/\/customers/);
    await expect(page.locator("main input[type=search]")).toBeVisible();
    await page.keyboard.press("/");
    await expect(page.locator("main input[type=search]")).toBeFocused();
    // Letters typed into a field are letters.
    await page.keyboard.type("gt");
    await expect(page).toHaveURL(/\/customers/);
    await page.locator("main h1").click();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: text("en", "shortcuts.title") });
    await expect(sheet).toContainText(text("en", "shortcuts.open"));
    await sheet.getByRole("switch").click({ force: true });
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await expect(page).toHaveURL(/\/customers/);
    // The wish is kept at the server; the palette works in any case, and leads back to the switch.
    await openPalette(page);
    await page.keyboard.type("keyboard");
    await page.keyboard.press("Enter");
    await expect(sheet.getByRole("switch")).not.toBeChecked();
    const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/me") && answer.request().method() === "PATCH");
    await sheet.getByRole("switch").click({ force: true });
    expect((await kept).ok()).toBe(true);
    await expect(sheet.getByRole("switch")).toBeChecked();
  });

  test("do nothing while an input method composes", async ({ page }) => {
    await openAs(page, "reader", "/customers");
    const press = (init: object) =>
      page.evaluate((how) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true, ...how })), init);
    await press({ isComposing: true });
    await press({ key: "k", ctrlKey: true, isComposing: true });
    await expect(page.locator("dialog[open]")).toHaveCount(0);
    await press({});
    await expect(page.locator("dialog[open]")).toHaveCount(1);
  });
});

test("X7 two people change the same field: what was, mine, theirs; the person decides, and can take it back", async ({ page, browser }) => {
  await openAs(page, "reader");
  const doctor = await ownDoctor(page);
  await page.goto(`/hcp/${doctor.id}?view=profile`);
  const work = page.getByRole("region", { name: "Place of work", exact: true });
  await work.getByRole("button").click();
  await work.getByLabel("Position").fill("Head of ward");
  await work.getByLabel("Department").fill("Cardiology");
  const office = await browser.newContext();
  const desk = await office.newPage();
  await openAs(desk, "admin");
  await write(desk, "PATCH", `/api/v1/hcp/${doctor.id}`, { position: "Director" });
  await office.close();
  await work.getByRole("button", { name: text("en", "app.save") }).click();

  const told = work.getByRole("alert");
  await expect(told).toContainText(text("en", "record.stale"));
  // Who it was, and when.
  await expect(told).toContainText(/\d{2}:\d{2}/);
  const clash = told.getByRole("group", { name: "Position" });
  await expect(clash).toContainText("Consultant");
  await expect(clash.getByRole("radio")).toHaveCount(2);
  await clash.getByRole("radio", { name: /Director/ }).check();
  await told.getByRole("button", { name: text("en", "record.stale_merge") }).click();
  await expect(work.getByRole("definition").filter({ hasText: "Director" })).toBeVisible();
  await expect(work.getByRole("definition").filter({ hasText: "Cardiology" })).toBeVisible();

  await page.getByRole("button", { name: text("en", "app.undo") }).click();
  await expect(page.getByText(text("en", "record.undone"))).toBeVisible();
  await expect(work.getByRole("definition").filter({ hasText: "Cardiology" })).toHaveCount(0);
  await expect(work.getByRole("definition").filter({ hasText: "Director" })).toBeVisible();
});

test.describe("what every screen is made of meets WCAG 2.2 AA in both colours", () => {
  test("the parts, in all their states", async ({ page }) => {
    await openAs(page, "admin", "/studio/ui");
    await expectAccessible(page);
    for (const part of ["actions", "inputs", "values", "feedback"]) {
      await page.getByRole("link", { name: text("en", `parts.${part}`), exact: true }).click();
      // Not waiting for skeletons to go: some are shown as samples.
      await expect(page).toHaveURL(new RegExp(`part=${part}`));
      await expectNoFinding(page);
    }
    await page.getByRole("link", { name: text("en", "parts.actions"), exact: true }).click();
    await page.getByRole("button", { name: text("en", "parts.menu") }).click();
    await expect(page.getByRole("menuitem", { name: text("en", "parts.delete") })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: text("en", "parts.menu") })).toBeFocused();
  });

  test("pages of any object, the palette, the sheet of keys", async ({ page }) => {
    await openAs(page, "admin", "/o/product");
    await expectAccessible(page);
    await page.locator('main a[href^="/o/product/0"]').first().click();
    await expectAccessible(page);
    for (const view of ["related", "files", "history"]) {
      await page.getByRole("link", { name: text("en", `object.view_${view}`), exact: true }).click();
      await expectAccessible(page);
    }
    await page.goto("/o/hco/new");
    await expectAccessible(page);
    await page.getByRole("button", { name: text("en", "palette.open") }).first().click();
    await page.getByRole("combobox", { name: text("en", "palette.placeholder") }).fill("大学");
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
  });
});

test("parts and pages keep within the security policy, and nothing is clipped at 360 px", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await openAs(page, "admin", "/studio/ui?part=actions");
  await page.getByRole("button", { name: text("en", "parts.menu") }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: text("en", "parts.panel"), exact: true }).click();
  await page.keyboard.press("Escape");
  for (const path of ["/studio/ui", "/studio/ui?part=inputs", "/studio/ui?part=values", "/o/product", "/o/hco/new", "/o/user"]) {
    await page.goto(path);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
  expect(complaints).toEqual([]);
});
