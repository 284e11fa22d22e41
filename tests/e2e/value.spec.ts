/** V12, V13: what a doctor's tier adds up from; an hour of an expert that is given back is free again. */
import { expectAccessible } from "./accessible";
import { expect, test } from "./company";
import { settled, signIn, write } from "./steps";
import { text } from "./texts";

test.use({ of: "value", instant: "2026-11-18T08:00:00+09:00" });

const t = (key: string) => text("en", key);
const having = (condition: object): string => encodeURIComponent(JSON.stringify(condition));

interface Items {
  items: { id: string; hcp: string; resource: string }[];
}

test("V12, V13: the parts of a tier stand on the doctor's page, and what is given back is nobody's any more", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, "mr1");
  await expect(page).not.toHaveURL(/sign-in/);
  await write(page, "PATCH", "/api/v1/me", { lang: "en" });
  const held = (await (await page.request.get(`/api/v1/allotment?filter=${having({ "==": [{ var: "state" }, "allotted"] })}`)).json()) as Items;
  const mine = held.items[0];
  if (mine === undefined) throw new Error("the demo company has allotted nothing to the representative");

  await page.goto(`/hcp/${mine.hcp}?view=value`);
  await settled(page);
  await expect(page.getByRole("heading", { name: "Potential", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "RFM", exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/resources?open=${mine.resource}`);
  await settled(page);
  const button = page.getByRole("button", { name: t("resources.give_back"), exact: true });
  await expect(button.first()).toBeVisible();
  const before = await button.count();
  await expectAccessible(page);
  await button.first().click();
  await expect(page.getByText(t("resources.now_returned"))).toBeVisible();
  await expect(button).toHaveCount(before - 1);
});
