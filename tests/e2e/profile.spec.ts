import { expect, test, type Page } from "@playwright/test";
import { openAs, write, type Written } from "./steps";
import { text } from "./texts";

/** A doctor of the test's own, whom nobody else changes. */
async function openOwnDoctor(page: Page): Promise<Written> {
  await openAs(page, "reader");
  const doctor = await write(page, "POST", "/api/v1/hcp", {
    kind: "doctor", family_name: "三好", given_name: "玲", position: "Consultant", email: "rei@example.com",
  });
  await page.goto(`/hcp/${doctor.id}?view=profile`);
  return doctor;
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a section is changed in place: text, a choice, an institution, tags", async ({ page }) => {
  await openOwnDoctor(page);
  const work = section(page, "Place of work");
  await work.getByRole("button", { name: text("en", "record.edit_of", { section: "Place of work" }) }).click();
  const institution = work.getByRole("combobox", { name: "Institution" });
  await expect(institution).toBeFocused();
  await institution.fill("大学");
  const option = work.getByRole("listbox").getByRole("option").filter({ hasText: "大学" }).first();
  const [name = ""] = (await option.innerText()).split("\n");
  await option.click();
  await work.getByLabel("Position").fill("Head of department");
  await work.getByLabel("Country or region").selectOption({ label: "Japan" });
  await work.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(work.getByText("Head of department")).toBeVisible();
  await expect(work.getByText(name)).toBeVisible();
  await expect(work.getByText("Japan")).toBeVisible();
  await expect(work.getByRole("button")).toBeFocused();

  const duty = section(page, "Responsibility");
  await duty.getByRole("button").click();
  await duty.getByLabel("Tags").fill("trial, speaker");
  await duty.getByRole("button", { name: text("en", "app.save") }).click();
  await page.reload();
  for (const tag of ["trial", "speaker"]) await expect(section(page, "Responsibility").getByText(tag, { exact: true })).toBeVisible();
});

test("what the server refuses is said at its field", async ({ page }) => {
  await openOwnDoctor(page);
  const contact = section(page, "Contact details");
  await contact.getByRole("button").click();
  const email = contact.getByLabel("E-mail");
  await email.fill("nobody at home");
  await contact.getByRole("button", { name: text("en", "app.save") }).click();
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription(/name@example\.com/);
  await contact.getByRole("button", { name: text("en", "app.cancel") }).click();
  await expect(contact.getByRole("link", { name: "rei@example.com" })).toBeVisible();
});

test("X7 a change by somebody else is shown before anything is overwritten", async ({ page }) => {
  const doctor = await openOwnDoctor(page);
  const work = section(page, "Place of work");
  await work.getByRole("button").click();
  await work.getByLabel("Department").fill("Cardiology");
  // Behind the page's back, somebody changes another field of the same section.
  await write(page, "PATCH", `/api/v1/hcp/${doctor.id}`, { position: "Director" });
  await work.getByRole("button", { name: text("en", "app.save") }).click();
  const told = work.getByRole("alert");
  await expect(told).toContainText(text("en", "record.stale"));
  await expect(told).toContainText("Director");
  await told.getByRole("button", { name: text("en", "record.stale_keep") }).click();
  await expect(work.getByRole("definition").filter({ hasText: "Cardiology" })).toBeVisible();
  await expect(work.getByRole("definition").filter({ hasText: "Director" })).toBeVisible();
});
