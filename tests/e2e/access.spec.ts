import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { openAs, openDoctor, settled } from "./steps";
import { choice, text } from "./texts";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectNoViolation(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect(found).toEqual([]);
}

/** Every rule in the light, and in the dark what differs there: the contrast of colours. */
async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  await expectNoViolation(new AxeBuilder({ page }).withTags(wcag));
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expectNoViolation(new AxeBuilder({ page }).withRules(["color-contrast"]));
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
}

test.describe("every screen meets WCAG 2.2 AA in both colours", () => {
  test.use({ colorScheme: "light" });
  test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce" }));

  test("sign-in, customers, settings", async ({ page }) => {
    await page.goto("/sign-in");
    await expectAccessible(page);
    await openAs(page, "reader", "/customers");
    await expectAccessible(page);
    await page.goto("/settings/security");
    await page.getByRole("button", { name: text("en", "me.change_password") }).click();
    await expectAccessible(page);
  });

  test("Today and a visit, before and after it is saved", async ({ page }) => {
    await openAs(page, "reader");
    await expectAccessible(page);
    const doctor = await openDoctor(page);
    await page.goto(`${doctor}/visit/new`);
    await page.getByRole("radio", { name: choice("visit", "temperature", "skeptical", "en") }).check();
    await page.getByRole("button", { name: text("en", "visit.promise_add") }).click();
    await page.getByRole("button", { name: text("en", "visit.topic_add") }).click();
    await expectAccessible(page);
    const remove = page.getByRole("button", { name: /^Remove/ });
    while ((await remove.count()) > 0) await remove.first().click();
    await page.getByRole("button", { name: text("en", "visit.save") }).click();
    await expect(page.getByRole("heading", { name: text("en", "visit.done_title") })).toBeVisible();
    await expectAccessible(page);
  });

  test("a doctor, with the editors open", async ({ page }) => {
    await openAs(page, "reader");
    const doctor = await openDoctor(page);
    await page.locator(`button[aria-label^="${text("en", "hcp.next_action_edit")}"]`).click();
    await expectAccessible(page);
    await page.goto(`${doctor}?view=story`);
    await page.getByRole("button", { name: text("en", "hcp.add_memo") }).click();
    await expectAccessible(page);
    await page.goto(`${doctor}?view=places`);
    await page.getByRole("button", { name: text("en", "record.add_to", { list: text("en", "places.affiliations") }) }).click();
    await expectAccessible(page);
    await page.goto(`${doctor}?view=profile`);
    await expectAccessible(page);
    const edit = page.getByRole("button", { name: new RegExp(`^${text("en", "record.edit_of")}`) });
    while ((await edit.count()) > 0) await edit.first().click();
    await page.getByRole("combobox", { name: "Institution" }).fill("a");
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
  });

  test("Team, as bars and as a table, and the visits behind a number", async ({ page }) => {
    await openAs(page, "manager", "/team");
    await expect(page.locator("[data-widget=temperature_by_mr]")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: text("en", "team.as_table") }).click();
    await expectAccessible(page);
    await page.locator("[data-number=visits_month] a").first().click();
    await expect(page.locator("main li").first()).toBeVisible();
    await expectAccessible(page);
  });

  test("an institution, its people and profile", async ({ page }) => {
    await openAs(page, "manager", "/customers");
    const { items } = (await (await page.request.get("/api/v1/hco?kind=university_hospital&limit=1")).json()) as { items: { id: string }[] };
    await page.goto(`/hco/${items[0]?.id}`);
    await expect(page.getByRole("link", { name: text("en", "hco.people") })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: text("en", "hco.profile") }).click();
    await expectAccessible(page);
  });

  test("Tasks, and a new one", async ({ page }) => {
    await openAs(page, "reader", "/tasks");
    await expect(page.locator("li[data-id]").first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: text("en", "todo.new_task") }).click();
    await expectAccessible(page);
  });

  test("a planned visit from Today, and a visit that is recorded", async ({ page }) => {
    await openAs(page, "reader");
    await page.locator(`[data-widget=recommended_visits] button[aria-label^="${text("en", "today.plan")}:"]`).first().click();
    await expectAccessible(page);
    const { items } = (await (await page.request.get("/api/v1/visit?state=completed&sort=-held_at&limit=1")).json()) as { items: { id: string }[] };
    await page.goto(`/visit/${items[0]?.id}`);
    await page.getByRole("button", { name: text("en", "app.edit") }).first().click();
    await expectAccessible(page);
  });
});

test("Today does not move under the finger, and keeps within the security policy", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    const watched = window as unknown as { shift: number };
    watched.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) watched.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await openAs(page, "ja");
  await expect(page.locator("[data-widget]").first()).toBeVisible();
  // Live updates keep a connection open: what comes late comes within a second.
  await page.waitForTimeout(1000);
  const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
  expect(shift).toBeLessThan(0.05);
  expect(complaints).toEqual([]);
});

test("the page can be walked by keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "a phone has no keyboard");
  await openAs(page, "reader");
  await page.keyboard.press("Tab");
  const skip = page.locator("a[href='#content']");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  // Past the day's numbers, to the first doctor of the first list.
  const doctor = page.locator('[data-widget] li a[href^="/hcp/"]').first();
  for (let step = 0; step < 12 && !(await doctor.evaluate((link) => link === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(doctor).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("article h1")).toBeVisible();
});
