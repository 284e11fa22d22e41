import { expect, test } from "./company";
import { signInAs, write } from "./steps";
import { choice, text } from "./texts";

test.use({ of: "institution" });

test("E4, S12: the map of a hospital in Japanese, its path changed by keyboard, a note for a role", async ({ page }) => {
  await signInAs(page, "ja");
  await write(page, "PATCH", "/api/v1/me", { lang: "ja" });
  const { items } = (await (await page.request.get("/api/v1/hco?kind=university_hospital&owner=me&limit=1")).json()) as { items: { id: string }[] };
  await page.goto(`/hco/${items[0]?.id}`);
  const map = page.getByRole("table", { name: text("ja", "hco.map") });
  await expect(map).toBeVisible();
  const decider = choice("affiliation", "decision_role", "decider", "ja");
  const user = choice("affiliation", "decision_role", "user", "ja");

  await page.getByRole("button", { name: text("ja", "hco.path_change") }).click();
  const dialog = page.getByRole("dialog");
  for (const box of await dialog.getByRole("checkbox").all()) await box.uncheck();
  await dialog.getByRole("checkbox", { name: user }).focus();
  await page.keyboard.press("Space");
  await dialog.getByRole("checkbox", { name: decider }).focus();
  await page.keyboard.press("Space");
  await dialog.getByRole("button", { name: text("ja", "app.save") }).click();
  await expect(page.getByText(text("ja", "hco.path_institution"))).toBeVisible();
  await expect(map.getByRole("rowheader").filter({ hasText: /^\d\. / })).toHaveCount(2);

  const role = page.getByRole("listitem").filter({ has: page.locator("summary", { hasText: decider }) });
  await role.locator("summary").press("Enter");
  await role.getByRole("button", { name: text("ja", "hco.strategy_of", { role: decider }) }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("費用の話から始める");
  await page.getByRole("dialog").getByRole("button", { name: text("ja", "app.save") }).click();
  await expect(role.getByText("費用の話から始める")).toBeVisible();
  await page.getByRole("radio", { name: text("ja", "hco.as_table"), exact: true }).check();
  await expect(page.getByRole("columnheader", { name: text("ja", "hco.map_gaps") })).toBeVisible();
});

test("E10, E14: a meeting that has been gets its outcome on the board", async ({ page }) => {
  await signInAs(page, "manager");
  await write(page, "PATCH", "/api/v1/me", { lang: "en" });
  await page.goto("/committees?scope=all");
  const waiting = page.getByRole("region", { name: text("en", "committees.stage_waiting") });
  await expect(waiting).toBeVisible();
  const before = await waiting.getByRole("button").count();
  await waiting.getByRole("button").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").selectOption("deferred");
  await dialog.getByRole("textbox").first().fill("They want figures of their own.");
  await dialog.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(waiting.getByRole("button")).toHaveCount(before - 1);
  await expect(page.getByRole("region", { name: text("en", "committees.stage_decided") })).toContainText("They want figures of their own.");
});
