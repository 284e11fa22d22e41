import { expect, test } from "./company";
import { password, people } from "./people";
import { signIn, write } from "./steps";
import { choice, taskSubject, text } from "./texts";

test.use({ of: "cooling" });

/** From what a representative felt at a visit to what the manager sees: one cause, the same day. */
test("E6 E12 E14 a visit that saw skepticism: the task with its guidance, the alert on Today, the manager's chart", async ({ browser, company, page }) => {
  test.skip(test.info().project.name !== "desktop", "two people at once, each at a desk");
  const { en: representative, manager } = people.desktop;
  const enter = async (login: string) => {
    const context = await browser.newContext({ baseURL: company.url, viewport: { width: 1440, height: 900 } });
    const own = await context.newPage();
    await own.goto("/");
    await signIn(own, login);
    await expect(own.locator("[data-widget]").first()).toBeVisible();
    return own;
  };
  await page.close();
  const mr = await enter(representative.login);
  await write(mr, "PATCH", "/api/v1/me", { lang: "ja" });
  const me = (await (await mr.request.get("/api/v1/me")).json()) as { user: { id: string } };
  const office = await enter(manager.login);
  const skeptical = async () => {
    await office.goto("/team");
    const chart = office.locator("[data-widget=temperature_by_mr]");
    await expect(chart.locator("a").first()).toBeVisible();
    const part = chart.locator(`[data-temperature=skeptical] a[href*="${me.user.id}"]`);
    return (await part.count()) === 0 ? 0 : Number(/(\d+)\D*$/.exec((await part.first().getAttribute("aria-label")) ?? "")?.[1]);
  };
  const before = await skeptical();

  const filter = encodeURIComponent(JSON.stringify({ and: [{ "==": [{ var: "owner" }, me.user.id] }, { "==": [{ var: "temperature" }, "favorable"] }] }));
  const { items } = (await (await mr.request.get(`/api/v1/hcp?filter=${filter}&limit=1&sort=family_name`)).json()) as { items: { id: string }[] };
  const doctor = `/hcp/${items[0]?.id ?? ""}`;
  await mr.goto(`${doctor}/visit/new`);
  await mr.getByRole("radio", { name: choice("visit", "temperature", "skeptical", "ja") }).check();
  await mr.getByLabel("そう感じた理由").fill("比較データを二度求められた");
  await mr.getByRole("button", { name: text("ja", "visit.save") }).click();
  await expect(mr.getByText(taskSubject("rebuild_relationship", "ja")).first()).toBeVisible();

  // On Today the doctor stands among those who turned cold; on the curve the newest point says why.
  await mr.goto("/");
  await expect(mr.locator(`[data-widget=temperature_alerts] a[href="${doctor}"]`).first()).toBeVisible();
  await mr.goto(`${doctor}?view=temperature`);
  await expect(mr.locator("article").getByText("売り込みは逆効果", { exact: false }).first()).toBeVisible();
  const newest = mr.locator("svg [data-kind=reading]").last();
  await newest.focus();
  await expect(newest).toHaveAttribute("aria-label", new RegExp(choice("hcp", "temperature", "skeptical", "ja")));
  await expect(mr.getByText("比較データを二度求められた").first()).toBeVisible();
  await newest.press("Home");
  await expect(mr.locator("svg [data-key][aria-pressed=true]")).toBeFocused();

  expect(await skeptical()).toBe(before + 1);
});
