/** What a person does, in their own words, over and over. */
import { expect, type Page } from "@playwright/test";
import type { Language } from "./texts";

export const mr = process.env["ONDO_MR_LOGIN"] ?? "mr1";
export const manager = process.env["ONDO_MANAGER_LOGIN"] ?? "manager1";

function password(): string {
  const value = process.env["ONDO_PASSWORD"];
  if (value === undefined) throw new Error("ONDO_PASSWORD is not set: `./run` prints the demo's password");
  return value;
}

export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password());
  await page.locator("button[type=submit]").click();
  await expect(page.locator("[data-widget]").first()).toBeVisible();
}

/** Signs in and makes the page speak `language`, which stays the person's own. */
export async function signInSpeaking(page: Page, login: string, language: Language): Promise<void> {
  await signIn(page, login);
  await page.goto("/me");
  await page.locator(`label:has([lang=${language}])`).click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await page.waitForLoadState("networkidle");
  await page.goto("/");
  await expect(page.locator("[data-widget]").first()).toBeVisible();
}

const settled = ["enthusiastic", "favorable", "neutral", "hard_to_meet"];

/** From Today, opens a doctor whose temperature has not turned cold; returns the doctor's address. */
export async function openDoctor(page: Page): Promise<string> {
  const list = page.locator("[data-widget=recommended_visits]");
  const all = list.getByRole("button");
  if ((await all.count()) > 0) await all.last().click();
  const warm = settled.map((code) => `li:has([data-temperature=${code}]) a[href^="/hcp/"]`).join(", ");
  await list.locator(warm).first().click();
  await expect(page.locator("article h1")).toBeVisible();
  return new URL(page.url()).pathname;
}
