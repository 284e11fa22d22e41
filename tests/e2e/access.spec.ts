import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { mr, openDoctor, signInSpeaking } from "./steps";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect(found).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen meets WCAG 2.2 AA (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/sign-in");
    await expect(page.locator("input[name=login]")).toBeVisible();
    await expectAccessible(page);
    await signInSpeaking(page, mr, "en");
    await expectAccessible(page);
    const doctor = await openDoctor(page);
    for (const path of [
      doctor,
      `${doctor}?view=story`,
      `${doctor}?view=profile`,
      `${doctor}/visit/new`,
      "/customers",
      "/me",
    ]) {
      await page.goto(path);
      await expect(page.locator("main h1")).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page);
    }
  });
}

test("Today does not move under the finger, and keeps within the security policy", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await signInSpeaking(page, mr, "ja");
  await page.addInitScript(() => {
    const watched = window as unknown as { shift: number };
    watched.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) watched.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/");
  await expect(page.locator("[data-widget]").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
  expect(shift).toBeLessThan(0.05);
  expect(complaints).toEqual([]);
});

test("the page can be walked by keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "a phone has no keyboard");
  await signInSpeaking(page, mr, "en");
  await page.keyboard.press("Tab");
  const skip = page.locator("a[href='#content']");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("article h1, form")).toBeVisible();
});
