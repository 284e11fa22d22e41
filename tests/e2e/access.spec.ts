import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { password } from "./people";
import { loginOf, openAs, openDoctor, settled } from "./steps";
import { choice, text } from "./texts";

test.describe("every screen meets WCAG 2.2 AA in both colours", () => {
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
    await expect(edit.first()).toBeVisible();
    while ((await edit.count()) > 0) await edit.first().click();
    // Who comes first may be a pharmacist, whose form calls it otherwise.
    await page.getByRole("combobox", { name: /^(Institution|Pharmacy or hospital)$/ }).fill("a");
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
  });

  test("Team, as bars and as a table, and the visits behind a number", async ({ page }) => {
    await openAs(page, "manager", "/team");
    await expect(page.locator("[data-widget=temperature_by_mr]")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: text("en", "team.as_table") }).first().click();
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

/** Tab until `what` has the focus; nothing that a person needs is further away than `most` steps. */
async function tabTo(page: Page, what: Locator, most: number): Promise<void> {
  await expect(what).toBeVisible();
  for (let step = 0; step < most && !(await what.evaluate((one) => one === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(what).toBeFocused();
}

test("by keyboard alone: from the sign-in to a saved visit", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "a phone has no keyboard");
  await page.goto("/");
  await expect(page.locator("input[name=login]")).toBeFocused();
  await page.keyboard.type(loginOf("reader"));
  await tabTo(page, page.locator("input[name=password]"), 3);
  await page.keyboard.type(password());
  await page.keyboard.press("Enter");
  const doctor = page.locator('[data-widget] li a[href^="/hcp/"]').first();
  await expect(doctor).toBeVisible();
  await page.locator("body").press("Tab");
  const skip = page.locator("a[href='#content']");
  for (let step = 0; step < 60 && !(await skip.evaluate((one) => one === document.activeElement)); step += 1) await page.keyboard.press("Shift+Tab");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  // Past the day's numbers, to the first doctor of the first list, and on to what is recorded of them.
  await tabTo(page, doctor, 12);
  await tabTo(page, page.locator('[data-widget] li a[href$="/visit/new"]').first(), 3);
  await page.keyboard.press("Enter");
  const warm = page.getByRole("radio", { name: choice("visit", "temperature", "favorable", "en") });
  await expect(warm).toBeAttached();
  // The six temperatures are one stop of Tab; the arrows choose among them.
  const temperatures = page.locator("input[type=radio][name=temperature]");
  for (let step = 0; step < 30 && (await temperatures.and(page.locator(":focus")).count()) === 0; step += 1) await page.keyboard.press("Tab");
  for (let step = 0; step < 6 && !(await warm.isChecked()); step += 1) await page.keyboard.press("ArrowDown");
  await expect(warm).toBeChecked();
  const sign = page.getByRole("checkbox", { name: choice("sign", "kind", "sought_debate", "en") });
  await tabTo(page, sign, 40);
  await page.keyboard.press("Space");
  await expect(sign).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: text("en", "visit.save") }), 60);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: text("en", "visit.done_title") })).toBeVisible();
});

test("with reduced motion nothing moves by itself, nor fades from screen to screen", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "the same rules on every screen size");
  await page.emulateMedia({ reducedMotion: "reduce" });
  // Told by the browser itself, from before the first script: an animation of any length that anybody could see.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { moved: seen });
    const note = (event: Event) => {
      const { animationName, propertyName } = event as AnimationEvent & TransitionEvent;
      const longest = document.getAnimations().map((one) => Number(one.effect?.getComputedTiming().duration));
      if (event.type === "transitionrun" || longest.some((duration) => duration > 1)) seen.push(`${event.type} ${animationName ?? propertyName}`);
    };
    for (const type of ["animationstart", "transitionrun"]) document.addEventListener(type, note, true);
  });
  await openAs(page, "reader");
  await page.locator('[data-widget] li a[href^="/hcp/"]').first().click();
  await expect(page.locator("article h1")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.locator("dialog[open]")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto("/customers");
  await settled(page);
  await page.getByRole("button", { name: text("en", "list.add_filter") }).first().click();
  await expect(page.locator("dialog[open], [popover]:popover-open").first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
  expect(await page.evaluate(() => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration) > 1).length)).toBe(0);
});
