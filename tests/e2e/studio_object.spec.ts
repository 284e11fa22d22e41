import { expect, test } from "./company";
import { signIn, write } from "./steps";
import { text } from "./texts";

test.use({ of: "studio_object" });

const s = (key: string, facts: Record<string, string> = {}) => text("en", `studio.${key}`, facts);
const o = (key: string, facts: Record<string, string> = {}) => s(`objects.${key}`, facts);

test("E15: a whole new kind of record is designed, given to a role, shown in its navigation, used and taken away", async ({ page }) => {
  test.skip(test.info().project.name === "phone", "the same on every screen; the screens themselves are looked at in axe.spec.ts");
  await page.goto("/studio/objects");
  await signIn(page, "admin");
  await expect(page.getByRole("heading", { name: /項目とフォーム|Fields and forms/, level: 1 })).toBeVisible();
  await write(page, "PATCH", "/api/v1/me", { lang: "en" });
  await page.goto("/studio/objects");

  // What it is called, and a field beside the name.
  await page.getByRole("button", { name: o("add_object") }).click();
  const fresh = page.getByRole("dialog", { name: o("add_object") });
  const one = fresh.getByRole("group", { name: o("one") });
  for (const [index, word] of ["Conference", "学会", "学术会议"].entries()) await one.getByRole("textbox").nth(index).fill(word);
  await fresh.getByRole("button", { name: s("begin") }).click();
  await expect(page).toHaveURL(/\/studio\/objects\/conference/);
  await page.getByRole("button", { name: o("add_field") }).click();
  const field = page.getByRole("dialog", { name: o("add_field") });
  const name = field.getByRole("group", { name: o("field_name") });
  for (const [index, word] of ["City", "開催地", "城市"].entries()) await name.getByRole("textbox").nth(index).fill(word);
  await field.getByRole("button", { name: s("take_over") }).click();

  // Shown only once there is a name: read aloud before it is published.
  await page.getByRole("link", { name: o("part_layouts") }).click();
  await page.getByRole("button", { name: o("shown_change_of", { what: "City" }) }).click();
  const shown = page.getByRole("dialog", { name: o("shown_title", { what: "City" }) });
  await shown.getByRole("button", { name: text("en", "condition.add_rule") }).click();
  await shown.getByRole("combobox", { name: text("en", "condition.question") }).selectOption("not_empty");
  await shown.getByRole("button", { name: s("take_over") }).click();
  await expect(page.getByText(o("shown_when", { what: "" }).trim(), { exact: false }).first()).toBeVisible();

  // The administrator sees it in the navigation.
  await page.getByRole("link", { name: o("part_access") }).click();
  const row = page.getByRole("row", { name: /Administrator/ });
  await row.getByRole("switch").check({ force: true });
  await page.getByRole("button", { name: s("review") }).click();
  await page.getByRole("dialog").getByRole("button", { name: s("publish"), exact: true }).click();
  await expect(page.getByText(s("published"))).toBeVisible();

  // Used like any other kind of record.
  await page.getByRole("navigation").getByRole("link", { name: "Conference" }).click();
  await expect(page).toHaveURL(/\/o\/conference/);
  await page.goto("/o/conference/new");
  await page.getByLabel("Name").fill("JCS 2027");
  await page.getByLabel("City").fill("福岡");
  await page.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(page.getByRole("heading", { name: "JCS 2027", level: 1 })).toBeVisible();
  const file = await page.request.get("/api/v1/conference/export?format=csv");
  expect(await file.text()).toContain("福岡");

  // Taken away: nobody sees it any more.
  await page.goto("/studio/objects/conference?part=versions");
  await page.getByRole("button", { name: o("retire_object_do") }).click();
  await page.getByRole("button", { name: s("review") }).click();
  await page.getByRole("dialog").getByRole("button", { name: s("publish"), exact: true }).click();
  await expect(page.getByText(s("published"))).toBeVisible();
  expect((await page.request.get("/api/v1/conference")).status()).toBe(404);
});
