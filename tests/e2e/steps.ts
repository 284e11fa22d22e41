/** What a person does, in their own words, over and over. */
import { expect, test, type Page } from "@playwright/test";
import { password, people, type Role } from "./people";

const who = (role: Role) => people[test.info().project.name as keyof typeof people][role];

/** What somebody types to sign in. */
export const loginOf = (role: Role): string => who(role).login;

/** Types a login and a password, as a person does. */
export async function signIn(page: Page, login: string, secret: string = password()): Promise<void> {
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(secret);
  await page.locator("button[type=submit]").click();
}

/** For a test that ends sessions: one of its own. */
export async function signInAs(page: Page, role: Role): Promise<void> {
  await page.goto("/");
  await signIn(page, who(role).login);
  await expect(page.locator("[data-widget]").first()).toBeVisible();
}

/** Opens `path` for somebody who is signed in already. */
export async function openAs(page: Page, role: Role, path = "/"): Promise<void> {
  const cookies = JSON.parse(process.env["ONDO_COOKIES"] ?? "{}") as Record<string, never[]>;
  await page.context().addCookies(cookies[who(role).login] ?? []);
  await page.goto(path);
  await settled(page);
}

/** The screen shows what it has to show: a heading, and nothing that still loads. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("main h1").first()).toBeVisible();
  await expect(page.locator("main [role=status] [data-animate]")).toHaveCount(0);
}

/** Writes by the API, as another program of the person's would. */
export async function write(page: Page, method: "POST" | "PATCH", path: string, data: object): Promise<Written> {
  const me = (await (await page.request.get("/api/v1/me")).json()) as { csrf: string };
  const answer = await page.request.fetch(path, { method, data, headers: { "X-CSRF-Token": me.csrf } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.status() === 204 ? { id: "", version: 0 } : ((await answer.json()) as Written);
}

export interface Written {
  id: string;
  version: number;
}

const warm = ["enthusiastic", "favorable", "neutral", "hard_to_meet"];

/** From Today, opens a doctor whose temperature has not turned cold, and not one of morning.spec.ts; returns the doctor's address. */
export async function openDoctor(page: Page): Promise<string> {
  const list = page.locator("[data-widget=recommended_visits]");
  await expect(list.locator("li").first()).toBeVisible();
  const all = list.locator("button[data-more]");
  if ((await all.count()) > 0) await all.click();
  const links = warm.map((code) => `li:has([data-temperature=${code}]):not(:has-text("Morning")) a[href^="/hcp/"]:not([href$="/new"])`).join(", ");
  // From the two ends of the list, so that the two screens do not meet at one doctor.
  const found = list.locator(links);
  await (test.info().project.name === "phone" ? found.first() : found.last()).click();
  await expect(page.locator("article h1")).toBeVisible();
  return new URL(page.url()).pathname;
}
