import { expect, test } from "./company";
import { signInAs, write } from "./steps";
import { text } from "./texts";

test.use({ of: "playbooks" });

/** A question is asked; what is done about it is looked at, started, and stopped with a reason. */
test("V16 a hesitant doctor: the dates first, then the steps with what comes next, then the reason why it ended", async ({ page }) => {
  await signInAs(page, "ja");
  await write(page, "PATCH", "/api/v1/me", { lang: "ja" });
  const doctor = await write(page, "POST", "/api/v1/hcp", { family_name: "慎重", given_name: "太郎", style: "hesitant" });

  await page.goto(`/hcp/${doctor.id}?view=playbooks`);
  await page.getByRole("button", { name: /慎重な先生.*日程を見る/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("比較データ", { exact: true })).toBeVisible();
  await expect(dialog.getByText(text("ja", "playbooks.with_contact"))).toBeVisible();
  await dialog.getByRole("button", { name: text("ja", "playbooks.start_now") }).click();

  const run = page.getByRole("article", { name: /慎重な先生/ });
  await expect(run.locator("li[data-state=open]")).toHaveCount(3);
  await expect(run.getByText(/プライバシーの保護/)).toBeVisible();

  await run.getByRole("button", { name: /中止/ }).click();
  await page.getByLabel(text("ja", "playbooks.reason")).fill("ご異動のため");
  await page.getByRole("dialog").getByRole("button", { name: text("ja", "playbooks.stop"), exact: true }).click();
  await expect(page.getByText(/中止：ご異動のため/)).toBeVisible();
});
