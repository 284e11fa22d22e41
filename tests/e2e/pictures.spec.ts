/**
 * A few screens compared with stored pictures: each language, each colour scheme, each size at least once. The
 * company is made and served at one instant, and the page's clock stands there too, so that nothing in them moves.
 *
 *     tests/e2e/run pictures.spec.ts --update-snapshots      after a change that is meant to be seen
 */
import type { Page } from "@playwright/test";
import { expect, test } from "./company";
import { password } from "./people";

const now = "2026-12-01T08:00:00+09:00";
/** The company's clock goes on from there while it is made and served. */
const soon = "2026-12-01T08:30:00+09:00";
test.use({ of: "pictures", instant: now });

interface Picture {
  name: string;
  /** Nobody: what stands before the sign-in. */
  login?: string;
  language: "en" | "ja" | "zh";
  colours: "light" | "dark";
  size: "phone" | "desktop";
  /** From the first screen to the one that is compared. */
  go?: (page: Page) => Promise<void>;
  path?: string;
}

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

const toDoctor = async (page: Page) => {
  await page.locator('[data-widget=temperature_alerts] li a[href^="/hcp/"]:not([href$="/new"])').first().click();
  await expect(page.locator("article h1")).toBeVisible();
};
const toVisit = async (page: Page) => {
  await page.locator('[data-widget=temperature_alerts] li a[href$="/visit/new"]').first().click();
  await expect(page.locator("form")).toBeVisible();
};

const pictures: Picture[] = [
  { name: "sign-in", language: "en", colours: "light", size: "phone" },
  { name: "today", login: "mr2", language: "ja", colours: "light", size: "phone" },
  { name: "today-wide", login: "mr3", language: "zh", colours: "dark", size: "desktop" },
  { name: "customers", login: "mr1", language: "en", colours: "light", size: "desktop", path: "/customers" },
  { name: "doctor", login: "mr2", language: "ja", colours: "dark", size: "phone", go: toDoctor },
  { name: "doctor-wide", login: "mr1", language: "en", colours: "light", size: "desktop", go: toDoctor },
  { name: "visit", login: "mr3", language: "zh", colours: "light", size: "phone", go: toVisit },
  { name: "team", login: "manager1", language: "en", colours: "dark", size: "desktop", path: "/team" },
  { name: "role", login: "admin", language: "ja", colours: "light", size: "desktop", path: "/admin/roles/mr" },
];

/** What is drawn is what is compared: all there is has come, and nothing moves any more. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator("h1").first()).toBeVisible();
  await expect(page.locator("main [data-animate]")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
}

/** Signed in, in the language of the picture, which is kept with the person. */
async function enter(page: Page, login: string, lang: string): Promise<void> {
  const session = await page.request.post("/api/v1/session", { data: { login, password: password() } });
  const { csrf } = (await session.json()) as { csrf: string };
  const saved = await page.request.patch("/api/v1/me", { data: { lang }, headers: { "X-CSRF-Token": csrf } });
  expect(saved.ok(), await saved.text()).toBe(true);
  // The number beside the bell comes when it comes: nobody here has anything to read.
  const read = await page.request.post("/api/v1/notification/read", { data: { until: soon }, headers: { "X-CSRF-Token": csrf } });
  expect(read.ok(), await read.text()).toBe(true);
}

for (const picture of pictures) {
  test(`${picture.name}: as its picture shows it (${picture.language}, ${picture.colours})`, async ({ page }) => {
    test.skip(test.info().project.name !== picture.size, `a picture of a ${picture.size}`);
    await page.clock.setFixedTime(now);
    await page.setViewportSize(sizes[picture.size]);
    await page.emulateMedia({ colorScheme: picture.colours, reducedMotion: "reduce" });
    if (picture.login !== undefined) await enter(page, picture.login, picture.language);
    await page.goto(picture.path ?? "/");
    await settle(page);
    await picture.go?.(page);
    await settle(page);
    await expect(page).toHaveScreenshot(`${picture.name}.png`, { maxDiffPixels: 100 });
  });
}
