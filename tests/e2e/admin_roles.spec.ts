/** A role is edited and proved by "why": allowed before, taken away with a reason, refused, given back (X10, X20). */
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { password } from "./people";
import { settled, signIn } from "./steps";
import { text } from "./texts";

test.use({ of: "admin_roles" });

const t = (key: string, facts?: Record<string, string>) => text("en", key, facts);

interface Row {
  id: string;
  title: string;
}

/** Signs in to this test's own company, reading English. */
async function enter(page: Page, login: string, path: string): Promise<void> {
  await page.goto("/sign-in");
  await signIn(page, login);
  await expect(page).not.toHaveURL(/sign-in/);
  await expect(page.locator("main h1").first()).toBeVisible();
  const me = (await (await page.request.get("/api/v1/me")).json()) as { csrf: string };
  await page.request.patch("/api/v1/me", { data: { lang: "en" }, headers: { "X-CSRF-Token": me.csrf } });
  await page.goto(path);
  await settled(page);
}

async function first(page: Page, path: string): Promise<Row> {
  const list = (await (await page.request.get(path)).json()) as { items: Row[] };
  const row = list.items[0];
  if (row === undefined) throw new Error(`nothing at ${path}`);
  return row;
}

/** The representative in a browser of their own. */
async function representative(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await page.goto("/sign-in");
  await signIn(page, "mr1", password());
  await expect(page.locator("[data-widget]").first()).toBeVisible();
  return page;
}

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" }));

test("X10: a role edited and proved by why @tablet", async ({ page, browser, company }) => {
  test.setTimeout(120_000);
  const plural = "Healthcare professionals";
  const mr = await representative(browser, company.url);
  await enter(page, "admin", "/admin/roles");
  const user = await first(page, "/api/v1/user?login=mr1");
  const doctor = await first(page, `/api/v1/hcp?owner=${user.id}`);
  const why = `/admin/why?user=${user.id}&object=hcp&id=${doctor.id}`;
  const reading = page.locator("[data-verb=read]");

  // Before: allowed, and it is true.
  await page.goto(why);
  await expect(reading).toContainText(t("why.allowed"));
  expect((await mr.request.get(`/api/v1/hcp/${doctor.id}`)).status()).toBe(200);

  // The administrator takes it away: from the answer to the role, collected, in plain words, published.
  await page.getByRole("link", { name: t("why.to_role", { role: "Medical representative" }) }).click();
  const cell = page.getByLabel(t("roles.cell", { verb: t("roles.verb_read"), object: plural }));
  await cell.selectOption("none");
  await page.getByRole("button", { name: t("roles.review") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`may no longer see: ${plural} (before: Own)`);
  await expect(dialog).toContainText("5 users");
  await dialog.getByLabel(t("roles.note")).fill("For a test of trust");
  await dialog.getByRole("button", { name: t("roles.publish"), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("table", { name: t("roles.versions") })).toContainText("For a test of trust");

  // After: the next request is refused, and why says so with its reason.
  expect((await mr.request.get(`/api/v1/hcp/${doctor.id}`)).status()).toBe(403);
  await page.goto(why);
  await expect(reading).toContainText(t("why.refused"));
  await expect(reading).toContainText(`The role “Medical representative” may not see any of these: ${plural}.`);
  await expect(reading).toContainText("give the role “Medical representative” the right to see");

  // Reverted from the versions: allowed again.
  await page.goto("/admin/roles/mr");
  await page.getByRole("button", { name: t("roles.compare_with", { version: t("roles.version_shipped") }) }).click();
  await expect(dialog).toContainText(`may see one’s own: ${plural} (before: No)`);
  await dialog.getByRole("button", { name: t("roles.revert") }).click();
  await expect(dialog).toBeHidden();
  expect((await mr.request.get(`/api/v1/hcp/${doctor.id}`)).status()).toBe(200);
  await page.goto(why);
  await expect(reading).toContainText(t("why.allowed"));
  await mr.context().close();
});

test("E15: a publication that would lock everybody out cannot be made, and changes wait on the device", async ({ page }) => {
  await enter(page, "admin", "/admin/roles/admin");
  await page.getByRole("switch", { name: t("roles.right_configure") }).uncheck();
  await page.reload();
  await settled(page);
  await expect(page.getByRole("switch", { name: t("roles.right_configure") })).not.toBeChecked();
  await page.getByRole("button", { name: t("roles.review") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(t("roles.problems"));
  await expect(dialog).toContainText("nobody who can sign in");
  await expect(dialog.getByRole("button", { name: t("roles.publish"), exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: new RegExp("^Take back") }).click();
  await dialog.getByRole("button", { name: t("app.cancel") }).click();
  await expect(page.getByRole("button", { name: t("roles.review") })).toBeHidden();
});

test("E15: a role of one's own, begun as a copy, can be given to a user and taken away again", async ({ page }) => {
  const code = `trainee_${test.info().project.name}`;
  await enter(page, "admin", "/admin/roles");
  await page.getByRole("button", { name: t("roles.new") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("roles.new_from")).selectOption("mr");
  await dialog.getByLabel(t("roles.new_code")).fill("mr");
  await expect(dialog).toContainText(t("roles.new_taken", { code: "mr" }));
  await dialog.getByLabel(t("roles.new_code")).fill(code);
  await dialog.getByLabel(t("roles.new_label", { language: "English" })).fill("Trainee");
  await dialog.getByLabel(t("roles.new_label", { language: "日本語" })).fill("研修生");
  await dialog.getByLabel(t("roles.new_label", { language: "中文" })).fill("实习生");
  await dialog.getByRole("button", { name: t("roles.create") }).click();
  await expect(page.getByRole("heading", { name: "Trainee" })).toBeVisible();
  const model = (await (await page.request.get("/api/v1/model")).json()) as {
    objects: { object: string; fields: { name: string; choices?: { code: string }[] }[] }[];
  };
  const role = model.objects.find(({ object }) => object === "user")?.fields.find(({ name }) => name === "role");
  expect(role?.choices?.some((choice) => choice.code === code)).toBe(true);
});

test("S11: the data catalogue says of every field why, how long and for whom; the CSV holds them all", async ({ page }) => {
  await enter(page, "admin", "/admin/catalogue?q=%E6%B8%A9%E5%BA%A6");
  const card = page.locator("[data-field='hcp.temperature']");
  await expect(card).toContainText("Emotional temperature");
  await expect(card).toContainText("Healthcare professional");
  await page.getByLabel(t("catalogue.search")).fill("");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: t("catalogue.export") }).click()]);
  expect(file.suggestedFilename()).toBe("data_catalogue.csv");
  const stream = await file.createReadStream();
  let csv = "";
  for await (const part of stream) csv += String(part);
  expect(csv).toContain("hcp,temperature,");
  expect(csv).toContain("user,login,");
});

test("roles, why and the catalogue meet WCAG 2.2 AA in both colours", async ({ page }) => {
  test.setTimeout(120_000);
  await enter(page, "admin", "/admin/roles");
  const user = await first(page, "/api/v1/user?login=mr1");
  const doctor = await first(page, "/api/v1/hcp?sort=family_name");
  await expectAccessible(page);
  await page.goto("/admin/roles/compliance?q=Healthcare");
  await page.getByLabel(t("roles.cell", { verb: t("roles.verb_export"), object: "Healthcare professionals" })).selectOption("none");
  await page.getByRole("button", { name: t("roles.review") }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: t("app.cancel") }).click();
  await page.getByRole("button", { name: t("roles.discard") }).click();
  await page.goto(`/admin/why?user=${user.id}&object=hcp&id=${doctor.id}`);
  await expect(page.locator("[data-verb=read]")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/admin/catalogue?q=hcp.temperature");
  await expect(page.locator("[data-field]").first()).toBeVisible();
  await expectAccessible(page);
});

test("who may not configure is told so, and finds no way in", async ({ page }) => {
  await enter(page, "mr1", "/admin");
  await expect(page.getByText(t("admin.not_permitted"))).toBeVisible();
  expect((await page.request.get("/api/v1/definition")).status()).toBe(403);
});
