/**
 * Every screen, in both colours, each in one of the three languages: no finding of axe-core at WCAG 2.2 AA, and at 200 %
 * zoom nothing that cannot be read. The list of screens is the one by which help knows them.
 */
import { expect, test, type Page } from "@playwright/test";
import { topicOf } from "../../web/src/help/places";
import { findings } from "./accessible";
import { openAs, settled } from "./steps";
import { people, type Role } from "./people";
import { text } from "./texts";

/** Who opens what: those who have the right to; the field's screens go round among the languages. */
const opens: [RegExp, Role][] = [
  [/^\/(admin|imports|studio)/, "admin"],
  [/^\/team/, "manager"],
];
const languages: Role[] = ["ja", "zh", "reader"];
/** Seen before a person is known, and tested where they are used. */
const elsewhere = new Set(["/sign-in", "/password"]);

const screens = Object.keys(topicOf).filter((path) => !elsewhere.has(path));

async function firstOf(page: Page, object: string): Promise<string> {
  const list = (await (await page.request.get(`/api/v1/${object}?limit=1`)).json()) as { items?: { id: string }[] };
  return list.items?.[0]?.id ?? "";
}

/** The address of a screen, with what is there to fill in; null where there is nothing to show yet. */
async function addressOf(page: Page, screen: string): Promise<string | null> {
  // Nobody hands over in this company: handover.spec.ts looks at these screens in its own.
  if (screen.includes("$plan")) return null;
  const [, place = ""] = screen.split("/");
  const object = { hcp: "hcp", hco: "hco", visit: "visit", o: "product", imports: "" }[place] ?? "";
  const id = screen.includes("$id") ? (object === "" ? "" : await firstOf(page, object)) : "none";
  if (id === "") return null;
  return screen.replace("$id", id).replace("$object", "product").replace("$role", "mr").replace("$topic", "visit").replace("$name", "rfm");
}

/** Headings, buttons, links, labels whose words are cut off, and a page that is wider than the screen. */
function cutOff(): string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll<HTMLElement>("h1, h2, h3, button, label, legend, [role=tab]")) {
    const style = getComputedStyle(element);
    const isHidden = element.clientWidth <= 1 || style.clipPath !== "none" || style.visibility === "hidden";
    const cuts = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (!isHidden && cuts && element.innerText.trim() !== "") found.push(`${element.tagName} "${element.innerText.slice(0, 40)}"`);
  }
  return found;
}

const notFound = (role: Role) => text(people.desktop[role].language, "app.not_found");

async function findingsOf(page: Page, screen: string, role: Role): Promise<string[]> {
  const address = await addressOf(page, screen);
  if (address === null) return [];
  await page.goto(address);
  await settled(page);
  // A list of screens may be ahead of the page; that each screen of the page is in it, its own test says.
  if ((await page.locator("main h1").first().textContent()) === notFound(role)) return [];
  const found = await findings(page);
  await page.setViewportSize({ width: 720, height: 450 });
  found.push(...(await page.evaluate(cutOff)));
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

test.skip(({ isMobile }) => isMobile === true, "each screen once; phones have theirs in access.spec.ts");

/** So many screens a test, so that the tests are about as long as others and share the workers. */
const atOnce = 8;

const openers: Role[] = ["admin", "manager", ...languages];
for (const role of openers) {
  const own = screens.filter((screen, index) => {
    const owner = opens.find(([path]) => path.test(screen))?.[1] ?? languages[index % languages.length];
    return owner === role;
  });
  for (let from = 0; from < own.length; from += atOnce) {
    test(`screens of ${role} (from ${from + 1}) meet WCAG 2.2 AA in both colours and are read at 200 %`, async ({ page }) => {
      test.setTimeout(120_000);
      await openAs(page, role);
      const all: Record<string, string[]> = {};
      for (const screen of own.slice(from, from + atOnce)) {
        const found = await findingsOf(page, screen, role);
        if (found.length > 0) all[screen] = found;
      }
      expect(all).toEqual({});
    });
  }
}
