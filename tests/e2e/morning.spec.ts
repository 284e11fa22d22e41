import { expect, test, type Page } from "@playwright/test";
import { openAs, write } from "./steps";
import { choice, text, type Language } from "./texts";

/** Each size in another language: what a person reads differs, what they do does not. */
const spoken: Record<string, Language> = { phone: "ja", tablet: "en", desktop: "zh" };
const language = (): Language => spoken[test.info().project.name] ?? "en";

interface Doctor {
  id: string;
  name: string;
}

/** A doctor of this morning's own, with a story: what must not be said, and what was said last. */
async function meet(page: Page): Promise<Doctor> {
  const day = new Date().toISOString().slice(0, 10);
  const name = `朝${Date.now() % 100000}`;
  const hcp = await write(page, "POST", "/api/v1/hcp", {
    kind: "doctor", family_name: name, given_name: "望", temperature: "neutral", next_action: "Morning", next_action_due: day,
  });
  const held = new Date(Date.now() - 5 * 86_400_000).toISOString();
  await write(page, "POST", "/api/v1/visit", {
    hcp: hcp.id, channel: "in_person", held_at: held, discussion: `last talk of ${name}`,
    memos: [{ kind: "taboo", text: `never mention ${name}` }, { kind: "resonated", text: "numbers first" }],
    topics: [{ kind: "question", text: `open question ${name}` }],
  });
  await write(page, "POST", "/api/v1/visit", { hcp: hcp.id, channel: "phone", state: "planned", planned_at: new Date().toISOString() });
  return { id: hcp.id, name };
}

/** Everything that a list on Today holds, page after page. */
async function showAll(page: Page, widget: string): Promise<void> {
  const more = page.locator(`[data-widget=${widget}] button[data-more]`);
  const shown = page.locator(`[data-widget=${widget}] li`);
  await expect(page.locator(`[data-widget=${widget}]`)).toBeVisible();
  for (let pages = 0; pages < 12 && (await more.count()) > 0; pages += 1) {
    const before = await shown.count();
    await more.click();
    await expect.poll(() => shown.count()).toBeGreaterThan(before);
  }
}

test("a morning: Today, what to know, the visit, the promise on Today and Tasks @tablet", async ({ page }) => {
  const lang = language();
  await openAs(page, lang);
  const doctor = await meet(page);
  await page.reload();

  // Today says the day in words, and the doctor stands there with a planned visit.
  await expect(page.getByRole("list", { name: text(lang, "today.brief") })).toBeVisible();
  await showAll(page, "next_visits");
  const card = page.locator("[data-widget=next_visits] li", { hasText: doctor.name });
  await card.getByRole("link", { name: doctor.name }).first().click();

  // Before going in: the taboo first, then what was said and what is open.
  const taboo = page.getByRole("region", { name: choice("memo", "kind", "taboo", lang) });
  await expect(taboo).toContainText(`never mention ${doctor.name}`);
  const brief = page.getByRole("region", { name: text(lang, "brief.title") });
  await expect(brief).toContainText(`last talk of ${doctor.name}`);
  await expect(brief).toContainText(`open question ${doctor.name}`);
  await expect(brief).toContainText("numbers first");

  // The visit completes the plan; the brief is folded on top, the taboo is not.
  await page.locator(`a[href="/hcp/${doctor.id}/visit/new"]:visible`).first().click();
  await expect(page.getByRole("region", { name: choice("memo", "kind", "taboo", lang) })).toBeVisible();
  await expect(page.getByRole("checkbox").first()).toBeChecked();
  await page.getByRole("radio", { name: choice("visit", "temperature", "favorable", lang) }).check();
  const promise = `morning promise ${doctor.name}`;
  await page.getByRole("button", { name: text(lang, "visit.promise_add") }).click();
  await page.getByLabel(text(lang, "visit.promise_what")).fill(promise);
  await page.getByRole("group", { name: text(lang, "visit.promise_open", { number: "1" }) }).getByRole("radio", { name: text(lang, "pick.tomorrow") }).check();
  await page.getByRole("button", { name: text(lang, "visit.save") }).click();
  await expect(page.getByRole("heading", { name: text(lang, "visit.done_title") })).toBeVisible();
  const visits = await page.request.get(`/api/v1/visit?hcp=${doctor.id}&fields=state,channel`);
  const { items } = (await visits.json()) as { items: { state: string }[] };
  expect(items.map(({ state }) => state)).toEqual(["completed", "completed"]);

  // The promise stands on Today and among the tasks, with the visit it came from.
  await page.getByRole("link", { name: text(lang, "visit.done_today") }).click();
  await showAll(page, "promises_due");
  await expect(page.locator("[data-widget=promises_due] li", { hasText: promise })).toBeVisible();
  await expect(page.locator("[data-widget=next_visits] li", { hasText: doctor.name })).toHaveCount(0);
  await page.goto(`/tasks?hcp=${doctor.id}`);
  const todo = page.locator("li[data-id]", { hasText: promise });
  await expect(todo).toBeVisible();
  await expect(todo.locator('a[href^="/visit/"]')).toBeVisible();

  // Delivered by two taps, the second of which says how, and taken back by another.
  await todo.getByRole("button", { name: text(lang, "hcp.promise_done_of", { what: promise }) }).click();
  await todo.getByRole("button", { name: choice("promise", "proof_kind", "email", lang) }).click();
  await expect(page.getByText(text(lang, "hcp.promise_done"))).toBeVisible();
  await page.getByRole("button", { name: text(lang, "app.undo") }).click();
  await expect(todo.getByRole("button", { name: text(lang, "hcp.promise_done_of", { what: promise }) })).toBeVisible();
});

test("what is planned on Today can be taken back, and later means a week", async ({ page }) => {
  const lang = language();
  await openAs(page, lang);
  const doctor = await meet(page);
  await page.reload();
  await showAll(page, "recommended_visits");
  const card = page.locator("[data-widget=recommended_visits] li", { hasText: doctor.name });
  const name = new RegExp(doctor.name);
  await card.getByRole("button", { name }).filter({ hasText: text(lang, "today.later") }).click();
  const undo = page.getByRole("button", { name: text(lang, "app.undo") });
  await expect(undo).toBeVisible();
  const due = async () => ((await (await page.request.get(`/api/v1/hcp/${doctor.id}`)).json()) as { next_action_due: string }).next_action_due;
  const moved = await due();
  await undo.click();
  await expect.poll(async () => (await due()) < moved).toBe(true);
});

test("a recorded visit is corrected, and the correction taken back", async ({ page }) => {
  const lang = language();
  await openAs(page, lang);
  const doctor = await meet(page);
  const list = await page.request.get(`/api/v1/visit?hcp=${doctor.id}&state=completed&limit=1`);
  const { items } = (await list.json()) as { items: { id: string }[] };
  await page.goto(`/visit/${items[0]?.id}`);
  await page.getByRole("button", { name: text(lang, "app.edit"), exact: true }).click();
  const field = page.getByLabel(text(lang, "visit.discussion"));
  await field.fill("put right");
  await page.getByRole("button", { name: text(lang, "app.save") }).click();
  await expect(page.locator("article").getByText("put right")).toBeVisible();
  await page.getByRole("button", { name: text(lang, "app.undo") }).click();
  await expect(page.locator("article").getByText(`last talk of ${doctor.name}`)).toBeVisible();
});
