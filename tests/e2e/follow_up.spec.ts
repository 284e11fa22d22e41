import { type APIResponse, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { password } from "./people";
import { choice, text } from "./texts";

// A Wednesday, in the morning.
const now = "2026-11-18T10:30:00+09:00";
test.use({ of: "follow_up", instant: now });

interface Session {
  csrf: string;
}

async function answered<Body>(answer: APIResponse): Promise<Body> {
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Body;
}

/** Signs somebody in, in Japanese, and gives what writes in their name. */
async function enter(page: Page, login: string): Promise<(path: string, data: object) => Promise<{ id: string }>> {
  const { csrf } = await answered<Session>(await page.request.post("/api/v1/session", { data: { login, password: password() } }));
  const headers = { "X-CSRF-Token": csrf };
  await answered(await page.request.patch("/api/v1/me", { data: { lang: "ja" }, headers }));
  return async (path, data) => answered<{ id: string }>(await page.request.post(`/api/v1/${path}`, { data, headers }));
}

test("V17 a week's question is sent to medical affairs, and its answer comes back as a task", async ({ page }) => {
  test.skip(test.info().project.name !== "desktop", "done at the desk");
  await page.clock.setFixedTime(now);
  const question = "透析中の投与間隔は延ばせますか";
  const write = await enter(page, "mr1");
  const { id: hcp } = await write("hcp", { family_name: "復習", given_name: "週" });
  await write("visit", { hcp, held_at: "2026-11-18T09:00:00+09:00", topics: [{ kind: "question", text: question }] });

  await enter(page, "manager1");
  await page.goto("/review");
  const group = page.getByRole("listitem").filter({ hasText: question }).first();
  await expect(group).toBeVisible({ timeout: 30_000 });
  await group.getByText(text("ja", "review.sources_other", { count: "1" })).click();
  await expect(group.getByRole("link", { name: question })).toBeVisible();
  await expectAccessible(page);
  await group.getByRole("button", { name: text("ja", "review.send") }).click();
  await page.getByRole("link", { name: text("ja", "review.sent_open") }).click();
  await expect(page).toHaveURL(/inquiry/);
  const inquiry = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  const { csrf } = await answered<Session>(await page.request.post("/api/v1/session", { data: { login: "msl1", password: password() } }));
  const answer = "承認範囲では延長を検討した試験はありません。";
  await answered(await page.request.patch(`/api/v1/inquiry/${inquiry}`, { data: { answer, state: "answered" }, headers: { "X-CSRF-Token": csrf } }));

  await enter(page, "mr1");
  await page.goto(`/tasks?hcp=${hcp}`);
  await expect(page.getByText(answer).first()).toBeVisible();
});

test("V6 V9 a pharmacist's visit is asked for by its own form, with material that fits, on a phone", async ({ page }) => {
  test.skip(test.info().project.name !== "phone", "recorded by thumb");
  await page.clock.setFixedTime(now);
  await (await enter(page, "admin"))("content", { name: "透析患者での用量一覧", layer: "advanced", state: "approved", subjects: ["dosage"] });
  const write = await enter(page, "mr1");
  const { id: hcp } = await write("hcp", { kind: "pharmacist", family_name: "薬局", given_name: "一" });
  for (const day of ["03", "04", "05"]) await write("visit", { hcp, held_at: `2026-11-${day}T09:00:00+09:00`, temperature: "neutral" });

  await page.goto(`/hcp/${hcp}/visit/new`);
  const aim = await page.request.get(`/api/v1/form?object=visit&hcp=${hcp}`);
  const { form, modules } = await answered<{ form: string; modules: { label: string; aim: string }[] }>(aim);
  expect(form).toBe("visit_pharmacist");
  for (const module of modules) await expect(page.getByRole("heading", { name: module.label })).toBeVisible();

  await page.getByRole("textbox", { name: text("ja", "visit.note"), exact: true }).fill("透析中の用量は？");
  const material = page.locator("details", { hasText: "透析患者での用量一覧" });
  await expect(material.locator("summary")).toBeVisible();
  await material.locator("summary").click();
  await page.getByRole("checkbox", { name: /透析患者での用量一覧/ }).check();
  await expectAccessible(page);
  await page.getByRole("radio", { name: choice("visit", "temperature", "favorable", "ja") }).check();
  await page.getByRole("button", { name: text("ja", "visit.save") }).click();
  await expect(page.getByRole("heading", { name: text("ja", "visit.done_title") })).toBeVisible();
  await page.getByRole("link", { name: text("ja", "visit.done_open") }).click();
  await expect(page.getByRole("list", { name: text("ja", "visit.shares") })).toContainText("透析患者での用量一覧");
});
