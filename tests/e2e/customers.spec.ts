import { expect, test, type Page } from "@playwright/test";
import { expectNoFinding } from "./accessible";
import { openAs, settled, write, type Written } from "./steps";
import { choice, text } from "./texts";

const cold = { in: [{ var: "temperature" }, ["skeptical", "prefers_competitor"]] };
const ownCold = encodeURIComponent(JSON.stringify(cold));

/** How many rows the screen says that the list has. */
async function count(page: Page): Promise<number> {
  const shown = page.locator("main [role=status]").filter({ hasText: /\d/ }).first();
  await expect(shown).toBeVisible();
  return Number((await shown.innerText()).replace(/\D/g, ""));
}

/** How many the server finds. */
async function matching(page: Page, filter: object): Promise<number> {
  const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&limit=1&total=true`;
  return ((await (await page.request.get(`/api/v1/hcp?${query}`)).json()) as { total: number }).total;
}

const row = (page: Page, at: number) => page.locator(`[role=row][aria-rowindex="${at + 2}"], li[aria-posinset="${at + 1}"]`);
const nameOf = (page: Page, at: number) => row(page, at).getByRole("link");

const apply = (page: Page) => page.getByRole("button", { name: text("en", "list.apply"), exact: true });

test("a filter is a chip, changed where it stands; the address keeps it", async ({ page }) => {
  await openAs(page, "reader", "/customers");
  const all = await count(page);
  await page.getByRole("button", { name: text("en", "list.add_filter"), exact: true }).click();
  const picker = page.getByRole("combobox", { name: text("en", "condition.field") });
  await expect(picker).toBeFocused();
  await picker.fill("emotional");
  await picker.press("Enter");
  await page.getByRole("checkbox", { name: choice("hcp", "temperature", "skeptical", "en") }).check();
  await apply(page).click();
  const skeptical = await matching(page, { in: [{ var: "temperature" }, ["skeptical"]] });
  await expect(page.getByText(`${skeptical} records`)).toBeVisible();
  expect(skeptical).toBeLessThan(all);

  // The chip itself opens what it asks.
  await page.getByRole("button", { name: "Emotional temperature is Skeptical", exact: true }).click();
  await page.getByRole("checkbox", { name: choice("hcp", "temperature", "prefers_competitor", "en") }).check();
  await apply(page).click();
  const both = await matching(page, cold);
  await expect(page.getByText(`${both} records`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Emotional temperature is Skeptical or Prefers competitor", exact: true })).toBeVisible();
  await expect(page.getByText(`${both} records`)).toBeVisible();

  await page.goBack();
  await expect(page.getByText(`${skeptical} records`)).toBeVisible();
  await page.goForward();
  await expect(page.getByText(`${both} records`)).toBeVisible();
  await page.getByRole("button", { name: text("en", "list.clear_filters") }).click();
  await expect(page.getByText(`${all} records`)).toBeVisible();
});

test("the condition tree: groups, fields behind a reference, read aloud and counted; what it cannot edit stays", async ({ page }) => {
  const kept = { "<": [{ var: "last_visit_at" }, { var: "temperature_changed_at" }] };
  await openAs(page, "reader", `/customers?filter=${encodeURIComponent(JSON.stringify({ or: [cold, kept] }))}`);
  await page.getByRole("button", { name: text("en", "list.conditions") }).click();
  const dialog = page.getByRole("dialog", { name: text("en", "list.conditions") });
  await expect(dialog.getByText(text("en", "condition.kept"))).toBeVisible();
  await dialog.getByRole("button", { name: text("en", "condition.add_group") }).click();
  const field = dialog.getByRole("combobox", { name: text("en", "condition.field") }).last();
  await expect(field).toBeFocused();
  await field.fill("city");
  await field.press("Enter");
  await dialog.getByRole("combobox", { name: text("en", "condition.question") }).last().selectOption("is");
  await dialog.getByRole("textbox", { name: text("en", "condition.value") }).fill("文京区");
  const filter = { or: [cold, kept, { "==": [{ var: "primary_hco.city" }, "文京区"] }] };
  const expected = await matching(page, filter);
  await expect(dialog.getByText(`${expected} match`)).toBeVisible();
  await expect(dialog.getByRole("status").last()).toContainText("Institution › City is “文京区”");
  await apply(page).click();
  await expect(page.getByText(`${expected} record`, { exact: false })).toBeVisible();
  expect(JSON.parse(new URL(page.url()).searchParams.get("filter") ?? "{}")).toEqual(filter);
});

test("a view is saved, shared, and seen by a colleague, who cannot change it", async ({ page, browser }) => {
  const name = `Cold ones ${test.info().project.name} ${Date.now()}`;
  await openAs(page, "manager", `/customers?filter=${ownCold}&sort=-last_visit_at`);
  await expect(page.getByText(text("en", "list.changed"), { exact: true })).toBeVisible();
  await page.getByRole("button", { name: text("en", "list.save_as") }).click();
  await page.getByLabel(text("en", "list.view_name")).fill(name);
  await page.getByRole("button", { name: text("en", "app.save"), exact: true }).click();
  await expect(page.getByRole("button", { name })).toBeVisible();
  await expect(page.getByText(text("en", "list.changed"), { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitemradio", { name: text("en", "list.share"), exact: false }).click();
  await expect(page.getByText(text("en", "list.now_shared", { view: name }))).toBeVisible();
  const address = page.url();

  const other = await browser.newContext();
  const colleague = await other.newPage();
  await openAs(colleague, "en", "/customers");
  await colleague.getByRole("button", { name: text("en", "list.all"), exact: true }).click();
  await colleague.getByRole("menuitemradio", { name: new RegExp(`^${name}`) }).click();
  await expect(colleague.getByRole("button", { name: /Skeptical or Prefers competitor/ }).first()).toBeVisible();
  expect(new URL(colleague.url()).search).toBe(new URL(address).search);
  await colleague.getByRole("button", { name }).click();
  await expect(colleague.getByRole("menuitem", { name: text("en", "list.save_as") })).toBeVisible();
  await expect(colleague.getByRole("menuitem", { name: text("en", "list.delete_view") })).toHaveCount(0);
  await other.close();

  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitem", { name: text("en", "list.delete_view") }).click();
  await expect(page.getByText(text("en", "list.view_deleted", { view: name }))).toBeVisible();
  await page.getByRole("button", { name: text("en", "app.undo") }).click();
  await expect(page.getByRole("button", { name })).toBeVisible();
});

/** Doctors of the test's own, whom nobody else changes, and the list of them. */
async function ownDoctors(page: Page, many: number): Promise<{ address: string; doctors: Written[] }> {
  const department = `Ward ${test.info().project.name} ${Date.now()}`;
  const names = ["安藤", "馬場", "千葉", "土井", "江口"].slice(0, many);
  const doctors = [];
  for (const family_name of names) {
    doctors.push(await write(page, "POST", "/api/v1/hcp", { kind: "doctor", family_name, given_name: "試", family_latin: family_name, department }));
  }
  return { address: `/customers?filter=${encodeURIComponent(JSON.stringify({ "==": [{ var: "department" }, department] }))}&sort=created_at`, doctors };
}

test("many are changed at once: looked at before, changed, taken back", async ({ page }) => {
  await openAs(page, "reader");
  const { address, doctors } = await ownDoctors(page, 3);
  await page.goto(address);
  await row(page, 0).getByRole("checkbox").click();
  const bar = page.getByRole("region", { name: text("en", "list.chosen") });
  await expect(bar).toContainText("1 selected");
  await bar.getByRole("button", { name: text("en", "list.choose_all", { count: "3" }) }).click();
  await bar.getByRole("button", { name: text("en", "list.bulk_tags") }).click();
  const dialog = page.getByRole("dialog", { name: "Change 3 records" });
  await dialog.getByLabel("Tags", { exact: true }).fill("congress,");
  await dialog.getByRole("button", { name: text("en", "list.bulk_preview") }).click();
  await expect(dialog.getByText("3 records will change.")).toBeVisible();
  await expect(dialog.getByRole("table")).toContainText("congress");
  await dialog.getByRole("button", { name: "Change 3 records" }).click();
  await expect(page.getByText("3 records changed")).toBeVisible();
  const tagsOf = async (id = doctors[0]?.id) => ((await (await page.request.get(`/api/v1/hcp/${id}`)).json()) as { tags: string[] | null }).tags;
  expect(await tagsOf()).toEqual(["congress"]);
  await page.getByRole("button", { name: text("en", "app.undo") }).click();
  await expect(page.getByText(text("en", "list.bulk_undone"))).toBeVisible();
  expect(await tagsOf()).toBeNull();
});

test("from a filtered list to the next one and the one before, with the place in the list", async ({ page, isMobile }) => {
  await openAs(page, "reader");
  const { address, doctors } = await ownDoctors(page, 3);
  await page.goto(address);
  await nameOf(page, 0).click();
  const steps = page.getByRole("navigation", { name: text("en", "list.steps") });
  await expect(steps).toContainText("1 of 3");
  await expect(steps.getByRole("button", { name: text("en", "list.step_before") })).toBeDisabled();
  if (isMobile) await steps.getByRole("button", { name: text("en", "list.step_next") }).click();
  else await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`/hcp/${doctors[1]?.id}`));
  await expect(steps).toContainText("2 of 3");
  await page.reload();
  await expect(steps).toContainText("2 of 3");
  await steps.getByRole("link", { name: text("en", "list.back") }).click();
  await expect(page.getByText("3 records")).toBeVisible();
});

test("an address holds all of a list: order, columns, the record beside it", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "beside each other there is room on a desk only");
  await openAs(page, "reader");
  const { address, doctors } = await ownDoctors(page, 3);
  await page.goto(`${address.replace("created_at", "-created_at")}&columns=family_name:300,department&layout=split&open=${doctors[1]?.id}`);
  await expect(page.getByRole("columnheader")).toHaveCount(3);
  const pane = page.getByRole("complementary", { name: text("en", "list.pane") });
  await expect(pane.getByRole("heading", { level: 2 }).first()).toContainText("馬場");
  await expect(nameOf(page, 0)).toContainText("千葉");
  await page.getByRole("grid").focus();
  await page.keyboard.press("Home");
  await expect(pane.getByRole("heading", { level: 2 }).first()).toContainText("千葉");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`open=${doctors[1]?.id}`));
  await expect(pane.getByRole("heading", { level: 2 }).first()).toContainText("馬場");
});

test("by keyboard alone: to the rows, choosing a range, sorting, widening a column, opening", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "a phone has no keyboard");
  await openAs(page, "reader", "/customers");
  await expect(page.getByRole("searchbox")).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Enter");
  const grid = page.getByRole("grid");
  await expect(grid).toBeFocused();
  const last = Number(await grid.getAttribute("aria-rowcount")) - 2;
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("3 selected")).toHaveCount(0);
  await page.keyboard.press("End");
  await expect(row(page, last)).toHaveAttribute("data-active", "true");
  await expect(nameOf(page, last)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(row(page, 0)).toHaveAttribute("data-active", "true");

  const sort = page.getByRole("columnheader", { name: /Last visit/ }).getByRole("button");
  await sort.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=last_visit_at/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=-last_visit_at/);
  await page.keyboard.press("Tab");
  const grip = page.getByRole("separator", { name: text("en", "list.width_of", { field: "Last visit" }) });
  await expect(grip).toBeFocused();
  const width = Number(await grip.getAttribute("aria-valuenow"));
  await page.keyboard.press("ArrowRight");
  await expect(grip).toHaveAttribute("aria-valuenow", String(width + 16));

  await grid.focus();
  const name = await nameOf(page, 0).innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name.split("\n")[0] ?? "");
});

test("a list cannot be sorted by everything, and says why", async ({ page, isMobile }) => {
  test.skip(isMobile === true, "cards have no heads");
  await openAs(page, "reader", "/customers?columns=family_name,position");
  await page.getByRole("columnheader", { name: "Position" }).getByRole("button").click();
  await expect(page.getByText(text("en", "list.not_sortable", { field: "Position" }))).toBeVisible();
});

for (const [role, reading, found] of [
  ["ja", "感情温度が懐疑的または競合優先", "件"],
  ["zh", "情感温度为怀疑或倾向竞品", "条"],
] as const) {
  test(`conditions read in the person's own language: ${role}`, async ({ page }) => {
    await openAs(page, role, `/customers?filter=${ownCold}`);
    await expect(page.getByRole("button", { name: reading, exact: true })).toBeVisible();
    await expect(page.getByText(new RegExp(`^\\d+${found}$`))).toBeVisible();
    await page.getByRole("button", { name: text(role, "list.all"), exact: true }).click();
    await expect(page.getByRole("menuitemradio").first()).toBeVisible();
  });
}

test.describe("the list meets WCAG 2.2 AA in both colours", () => {
  test.slow();

  test("with a filter open, and with its columns @tablet", async ({ page, isMobile }) => {
    await openAs(page, "reader", `/customers?filter=${ownCold}`);
    await expect(nameOf(page, 0)).toBeVisible();
    await page.getByRole("button", { name: /^Emotional temperature is/ }).first().click();
    await expect(apply(page)).toBeVisible();
    await expectNoFinding(page);
    await page.keyboard.press("Escape");
    if (isMobile === true) return;
    await page.getByRole("button", { name: text("en", "list.columns") }).click();
    await expect(page.getByRole("combobox", { name: text("en", "list.column_add") })).toBeVisible();
    await expectNoFinding(page);
  });

  test("with the condition tree, and with the change of many", async ({ page }) => {
    await openAs(page, "reader", `/customers?filter=${ownCold}`);
    await page.getByRole("button", { name: text("en", "list.conditions") }).click();
    await page.getByRole("button", { name: text("en", "condition.add_group") }).click();
    await expectNoFinding(page);
    await page.keyboard.press("Escape");
    await row(page, 0).getByRole("checkbox").click();
    await page.getByRole("button", { name: text("en", "list.bulk_tags") }).click();
    await expectNoFinding(page);
  });
});

test("nothing of the list stands beyond a narrow screen", async ({ page, isMobile }) => {
  test.skip(isMobile !== true, "a desk is wide");
  await openAs(page, "reader", `/customers?filter=${ownCold}`);
  await expect(nameOf(page, 0)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});

test("nothing found says what to try, and leads back to everybody", async ({ page }) => {
  await openAs(page, "reader", "/customers?q=zzzzqqq");
  await expect(page.getByText(text("en", "list.nothing"))).toBeVisible();
  await page.getByRole("button", { name: text("en", "list.show_all") }).click();
  await expect(nameOf(page, 0)).toBeVisible();
  await settled(page);
});
