import { expect, test, type Page } from "@playwright/test";
import { openAs, settled, write } from "./steps";
import { text } from "./texts";

const tour = (page: Page) => page.getByRole("dialog").filter({ has: page.getByRole("button", { name: text("en", "tour.end") }) });

/** As for somebody who signs in for the first time. */
async function asNewcomer(page: Page): Promise<void> {
  await openAs(page, "reader", "/help");
  await write(page, "PATCH", "/api/v1/me", { preferences: { tour: null } });
  await page.goto("/");
  await settled(page);
}

test("a newcomer is shown around Today by keyboard alone, and never again", async ({ page }) => {
  await asNewcomer(page);
  const steps: string[] = [];
  await expect(tour(page)).toBeFocused();
  for (;;) {
    steps.push((await tour(page).getByRole("heading").textContent()) ?? "");
    const last = tour(page).getByRole("button", { name: text("en", "tour.done") });
    const isLast = (await last.count()) > 0;
    await (isLast ? last : tour(page).getByRole("button", { name: text("en", "tour.next") })).press("Enter");
    if (isLast) break;
    await expect(tour(page)).toBeFocused();
  }
  expect(steps).toContain(text("en", "tour.welcome"));
  expect(steps).toContain(text("en", "tour.record"));
  expect(steps.length).toBeGreaterThanOrEqual(3);
  await expect(tour(page)).toBeHidden();
  await page.reload();
  await settled(page);
  await page.waitForTimeout(1000);
  await expect(tour(page)).toBeHidden();
});

test("the tour is put off until another start, ended by Escape, and begins again from help", async ({ page }) => {
  await asNewcomer(page);
  await tour(page).getByRole("button", { name: text("en", "tour.later") }).click();
  await expect(tour(page)).toBeHidden();
  await page.reload();
  await expect(tour(page)).toBeVisible();
  // What it points at can be used while it stands there.
  await page.getByRole("button", { name: text("en", "help.open") }).click();
  await expect(page.getByRole("dialog", { name: text("en", "nav.today") })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tour(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tour(page)).toBeHidden();
  await page.goto("/help");
  await page.getByRole("button", { name: text("en", "tour.start") }).click();
  await expect(tour(page).getByRole("heading", { name: text("en", "tour.welcome") })).toBeVisible();
});
