import { fileURLToPath } from "node:url";
import { expect, test } from "./company";
import { signIn } from "./steps";
import { text } from "./texts";

test.use({ of: "custom_object", business: fileURLToPath(new URL("./business_custom", import.meta.url)) });

const path = "/o/equipment";

test("an object added to the business has its list, form, page, history and search by itself: fields of every type", async ({ page }, { project }) => {
  test.skip(project.name === "phone", "what is generated is the same on every screen; ui.spec.ts looks at the phone");
  await page.goto(`${path}/new`);
  await signIn(page, "admin");
  await expect(page.getByRole("heading", { name: /Device|医療機器/, level: 1 })).toBeVisible();
  await page.request.patch("/api/v1/me", { data: { lang: "en" }, headers: { "X-CSRF-Token": await csrfOf(page) } });
  await page.goto(`${path}/new`);

  // What is required stands first, and the server says what is missing, at its field.
  await page.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(page.getByLabel("Device name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Device name")).toBeFocused();

  await page.getByLabel("Device name").fill("Scanner 7");
  await page.getByLabel("Condition").selectOption({ label: "Broken" });
  await page.getByRole("checkbox", { name: "Ward" }).check();
  await page.getByLabel("Units").fill("0");
  await page.getByLabel("Price").fill("1200.50");
  await page.getByRole("group", { name: "On loan" }).getByRole("radio", { name: text("en", "app.yes") }).check();
  await page.getByLabel("Installed on").fill("2026-04-01");
  await page.getByLabel(text("en", "ui.date_of", { label: "Checked at" })).fill("2026-04-02");
  await page.getByLabel(text("en", "ui.time_of", { label: "Checked at" })).fill("13:45");
  const place = page.getByRole("combobox", { name: "Stands at" });
  await place.fill("大学");
  await page.getByRole("listbox").getByRole("option").filter({ hasText: "大学" }).first().click();
  await page.getByLabel("Contact e-mail").fill("lab@example.com");
  await page.getByLabel("Hotline").fill("+81 3-1234-5678");
  await page.getByLabel("Manual online").fill("https://example.com/manual");
  await page.getByLabel("Keywords").fill("loan、 spare");
  await page.getByLabel("Notes").fill("first line\nsecond line");
  await page.getByLabel("Settings data").fill('{"mode": [1, 2');
  await page.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(page.getByLabel("Settings data")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Settings data").fill('{"mode": [1, 2]}');
  await page.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(page.getByLabel("Units")).toHaveAttribute("aria-invalid", "true");
  // A closed tab loses nothing.
  await page.reload();
  await expect(page.getByLabel("Device name")).toHaveValue("Scanner 7");
  await page.getByLabel("Units").fill("1200");
  // A file is chosen before there is a record, and sent as soon as there is.
  await page.locator("input[type=file]").setInputFiles({ name: "保証書.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
  await page.getByRole("button", { name: text("en", "app.save") }).click();

  await expect(page.getByRole("heading", { name: "Scanner 7", level: 1 })).toBeVisible();
  const fields = page.getByRole("main");
  for (const shown of ["Broken", "Ward", "1,200", "1,200.5", "1 Apr", "2 Apr", "13:45", "lab@example.com", "loan", "spare", "second line"]) {
    await expect(fields.getByRole("definition").filter({ hasText: shown }).first()).toBeVisible();
  }
  await expect(fields.getByRole("link", { name: /大学/ })).toBeVisible();

  await expect(fields.getByRole("definition").filter({ hasText: "保証書.pdf" })).toBeVisible();

  // Another is sent with the record there, and comes back by its name.
  await page.getByRole("button", { name: text("en", "record.edit_of", { section: "More" }) }).click();
  await page.locator("input[type=file]").setInputFiles({ name: "証明書.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
  await expect(page.getByRole("link", { name: /証明書\.pdf/ })).toBeVisible();
  await page.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(page.getByText(text("en", "record.saved"))).toBeVisible();
  await expect(fields.getByRole("definition").filter({ hasText: "証明書.pdf" })).toBeVisible();

  await page.getByRole("link", { name: text("en", "object.view_history") }).click();
  await expect(page.getByText(text("en", "record.action_create"), { exact: true })).toBeVisible();
  await expect(page.getByText(text("en", "record.action_update"), { exact: true }).first()).toBeVisible();

  // Deleted without a question, because it can be taken back.
  await page.getByRole("button", { name: text("en", "object.more") }).click();
  await page.getByRole("menuitem", { name: text("en", "object.delete") }).click();
  await expect(page.getByRole("heading", { name: "Devices", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Scanner 7" })).toHaveCount(0);
  await page.getByRole("button", { name: text("en", "app.undo") }).last().click();
  await expect(page.getByRole("row").filter({ hasText: "Scanner 7" })).toContainText("Broken");

  // The palette knows it too, by a part of its name.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: text("en", "palette.placeholder") }).fill("scann");
  await page.getByRole("option", { name: "Scanner 7" }).click();
  await expect(page).toHaveURL(/\/o\/equipment\/[0-9a-f-]{36}$/);
});

async function csrfOf(page: import("@playwright/test").Page): Promise<string> {
  return ((await (await page.request.get("/api/v1/me")).json()) as { csrf: string }).csrf;
}
