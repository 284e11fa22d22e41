import { expect, test } from "@playwright/test";
import { openAs } from "./steps";
import { text } from "./texts";

/** A manager's Monday: from a number to the records behind it, to a doctor, to a task for whoever is responsible. */
test("L25 a manager's Monday: Team, a number, its records, a doctor, a task for the representative @tablet", async ({ page }) => {
  await openAs(page, "manager");
  await page.goto("/team");
  const number = page.locator("[data-number=unseen_60] a").first();
  const count = Number(await number.innerText());
  expect(count).toBeGreaterThan(0);
  await number.click();

  // The list holds exactly what was counted, and its address says so.
  await expect(page).toHaveURL(/\/customers\?.*filter=/);
  const filter = new URL(page.url()).searchParams.get("filter") ?? "";
  const counted = await page.request.get(`/api/v1/hcp?filter=${encodeURIComponent(filter)}&total=true&limit=1`);
  expect(((await counted.json()) as { total: number }).total).toBe(count);
  const listed = page.url();
  await page.locator('main a[href^="/hcp/"]').first().click();
  await expect(page.locator("article h1").first()).toBeVisible();
  const id = /hcp\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  const owner = ((await (await page.request.get(`/api/v1/hcp/${id}`)).json()) as { owner: string }).owner;

  const subject = `Go and see, ${Date.now()}`;
  await page.getByRole("button", { name: text("en", "todo.new_task") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Subject").fill(subject);
  await dialog.getByRole("radio", { name: text("en", "pick.tomorrow") }).check();
  await dialog.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("aside li", { hasText: subject })).toBeVisible();
  const made = await page.request.get(`/api/v1/task?hcp=${id}&state=open&limit=200`);
  const { items } = (await made.json()) as { items: { subject: string; owner: string }[] };
  expect(items.find((task) => task.subject === subject)?.owner).toBe(owner);

  // Back the way one came: the list, then Team.
  await page.goBack();
  await expect(page).toHaveURL(listed);
  await page.goBack();
  await expect(page.locator("[data-number=unseen_60] a").first()).toBeVisible();
});

test("L25 visits and tasks behind a number open too", async ({ page }) => {
  await openAs(page, "manager");
  await page.goto("/team");
  const visits = page.locator("[data-number=visits_month] a").first();
  await visits.click();
  await expect(page).toHaveURL(/\/team\/records/);
  await expect(page.locator('main li a[href^="/visit/"]').first()).toBeVisible();
  await page.goto("/team");
  await page.locator("[data-number=promises_open] a").first().click();
  await expect(page).toHaveURL(/\/tasks\?/);
  await expect(page.locator("li[data-kind=promise]").first()).toBeVisible();
  await expect(page.locator("li[data-kind=task]")).toHaveCount(0);
});
