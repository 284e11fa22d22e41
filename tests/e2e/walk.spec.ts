/**
 * A stranger's walk: somebody who was told nothing, and follows only what stands on the screen. Each tap is
 * an action, and each field that is typed into.
 */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { openAs } from "./steps";
import { choice, languages, text } from "./texts";

const mostActions = 12;
const mostSeconds = 60;
const promised = { en: "The dosing table by kidney function", ja: "腎機能別の用量表", zh: "按肾功能的剂量表" };

class Walk {
  actions = 0;
  private readonly began = Date.now();

  async tap(what: Locator): Promise<void> {
    this.actions += 1;
    await what.click();
  }

  async type(field: Locator, words: string): Promise<void> {
    this.actions += 1;
    await field.fill(words);
  }

  get seconds(): number {
    return (Date.now() - this.began) / 1000;
  }
}

async function countOf(page: Page, object: string, doctor: string): Promise<number> {
  const answer = await page.request.get(`/api/v1/${object}?hcp=${doctor}&total=true&limit=1`);
  return ((await answer.json()) as { total: number }).total;
}

for (const language of languages) {
  test(`X5 from Today, a visit with a promise and a sign: 12 actions, 60 seconds (${language})`, async ({ page }) => {
    test.skip(test.info().project.name !== "phone", "the walk is one hand's");
    await openAs(page, language);
    const record = page.locator("[data-widget=recommended_visits] li").last().getByRole("link", { name: text(language, "today.record_short") });
    await expect(record).toBeVisible();
    const doctor = /hcp\/([^/]+)\//.exec((await record.getAttribute("href")) ?? "")?.[1] ?? "";
    const before = { promises: await countOf(page, "promise", doctor), signs: await countOf(page, "sign", doctor) };

    const walk = new Walk();
    await walk.tap(record);
    await walk.tap(page.getByRole("radio", { name: choice("visit", "temperature", "favorable", language) }));
    await walk.tap(page.getByRole("checkbox", { name: choice("sign", "kind", "sought_debate", language) }));
    await walk.tap(page.getByRole("button", { name: text(language, "visit.promise_add") }));
    await walk.type(page.getByLabel(text(language, "visit.promise_what")), promised[language]);
    await walk.tap(page.getByRole("group", { name: text(language, "visit.promise_open", { number: "1" }) }).getByRole("radio", { name: text(language, "pick.three_days") }));
    await walk.tap(page.getByRole("button", { name: text(language, "visit.save") }));
    await expect(page.getByRole("heading", { name: text(language, "visit.done_title") })).toBeVisible();
    expect(walk.actions).toBeLessThanOrEqual(mostActions);
    expect(walk.seconds).toBeLessThan(mostSeconds);

    // It is said what was recorded, and the server has it.
    await expect(page.getByText(promised[language]).first()).toBeVisible();
    await expect(page.getByText(choice("sign", "kind", "sought_debate", language)).first()).toBeVisible();
    expect(await countOf(page, "promise", doctor)).toBe(before.promises + 1);
    expect(await countOf(page, "sign", doctor)).toBe(before.signs + 1);
  });
}
