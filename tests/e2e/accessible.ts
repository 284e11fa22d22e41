/** What axe-core finds on a page at WCAG 2.2 AA. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { settled } from "./steps";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
type Colours = "light" | "dark";

/** Turns the page to its light or dark colours, and everything that moves off, which would have colours in between. */
export async function turn(page: Page, colorScheme: Colours): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
}

/**
 * In the page itself, which has no frames of others, and told of nothing but what is wrong: the ordinary way opens a second
 * page to put the answers of frames together, and writes down every part that is right, which takes twice as long.
 */
const look = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });

async function told(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** The findings in both colours: every rule in the light, and in the dark what differs there, the contrast. */
export async function findings(page: Page): Promise<string[]> {
  await turn(page, "light");
  const light = await told(look(page).withTags(wcag));
  await turn(page, "dark");
  const dark = await told(look(page).withRules(["color-contrast"]));
  await turn(page, "light");
  return [...light, ...dark];
}

/**
 * Expects no finding on the page as it stands, or on the part that a selector names, and nothing beyond its side: on a
 * phone in the dark, elsewhere in the light. A test that runs on both has looked at both colours.
 */
export async function expectNoFinding(page: Page, part?: string): Promise<void> {
  await turn(page, test.info().project.name === "phone" ? "dark" : "light");
  const axe = look(page).withTags(wcag);
  expect(await told(part === undefined ? axe : axe.include(part))).toEqual([]);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond, "nothing stands beyond the side").toBeLessThanOrEqual(0);
}

/** The same, once the page shows what it has to show. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  await expectNoFinding(page);
}
