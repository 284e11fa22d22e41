// What people do all day, measured by the browser's own Event Timing: from the press to the next picture.
import { readFileSync } from "node:fs";

/** Runs `act`, and says how long its slowest event took until the screen had answered. Milliseconds. */
async function timed(page, act) {
  await page.evaluate(() => {
    window.slowest = 0;
    window.timing ??= new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId > 0) window.slowest = Math.max(window.slowest, entry.duration);
    });
    window.timing.observe({ type: "event", durationThreshold: 16 });
  });
  await act();
  // Two pictures, so that the first one after the event has been reported.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));
  // Less than the browser reports (16 ms) is told as that.
  return page.evaluate(() => Math.max(window.slowest, 16));
}

async function repeated(times, once) {
  const all = [];
  for (let time = 0; time < times; time += 1) all.push(await once(time));
  return all;
}

const shown = (page, selector) => page.locator(selector).first().waitFor();

/** The texts by which the buttons are found: the bench speaks Japanese, as most who use the page do. */
const texts = (area) => JSON.parse(readFileSync(new URL(`../web/src/i18n/ja/${area}.json`, import.meta.url), "utf8"));
const list = texts("list");
const app = texts("app");

/** Questions, an interest and a promise: what a note shows as read while one types on. */
const note = "客户询问XX药物的肝腎毒性，希望获取同成分不同剂型的对比数据，需本周内提供。";

async function openList(page) {
  await page.goto("/customers");
  await shown(page, "[role=row] a[href*='/hcp/']");
}

async function openVisit(page) {
  await page.goto("/");
  const record = page.locator("[data-widget] a[href$='/visit/new']").first();
  await record.waitFor();
  await page.goto(await record.getAttribute("href"));
  await page.locator("main form textarea").first().waitFor();
}

/** What is done by thumb. */
export const phoneActions = [
  {
    name: "open a doctor from Today",
    measure: (page, times) =>
      repeated(times, async () => {
        await page.goto("/");
        const card = page.locator("[data-widget] a[href^='/hcp/']:not([href$='/new'])").first();
        await card.waitFor();
        const duration = await timed(page, () => card.click());
        await shown(page, "article h1");
        return duration;
      }),
  },
  {
    name: "change the view of a doctor",
    measure: async (page, times) => {
      const views = page.locator("article nav a[href*='view=']");
      await views.first().waitFor();
      return repeated(times, (time) => timed(page, () => views.nth(time % 3).click()));
    },
  },
  {
    name: "choose a temperature in a visit",
    measure: async (page, times) => {
      await openVisit(page);
      const temperatures = page.locator("main form input[type=radio][name=temperature]");
      const faces = page.locator("main form label", { has: page.locator("input[type=radio][name=temperature]") });
      await temperatures.first().waitFor({ state: "attached" });
      return repeated(times, (time) => timed(page, () => faces.nth(time % 6).click()));
    },
  },
  {
    name: "tick a sign in a visit",
    measure: async (page, times) => {
      const signs = page.locator("main form label", { has: page.locator("input[type=checkbox]") });
      await signs.first().waitFor();
      return repeated(times, (time) => timed(page, () => signs.nth(time % 4).click()));
    },
  },
  {
    name: "type a letter into the visit's note",
    measure: async (page, times) => {
      await page.locator("main form textarea").first().focus();
      return repeated(times, () => timed(page, () => page.keyboard.press("a")));
    },
  },
  {
    name: "type a letter into a note with highlights",
    measure: async (page, times) => {
      const text = page.locator("main form textarea").first();
      await text.fill(note);
      await shown(page, "main form mark");
      await text.focus();
      return repeated(times, () => timed(page, () => page.keyboard.press("a")));
    },
  },
  {
    name: "tick a task",
    measure: (page, times) =>
      repeated(times, async () => {
        await page.goto("/tasks");
        const task = page.locator("li[data-kind=task]:not([data-done]) [data-finish]").first();
        await task.waitFor();
        const duration = await timed(page, () => task.click());
        // What was ticked is open again for the next time.
        await page.getByRole("button", { name: app.undo, exact: true }).first().click();
        await task.waitFor();
        return duration;
      }),
  },
];

/** What is done at a desk. */
export const deskActions = [
  {
    name: "type a letter to search customers",
    measure: async (page, times) => {
      await openList(page);
      const search = page.locator("main input[type=search]").first();
      return repeated(times, async (time) => {
        await search.fill("");
        await search.focus();
        return timed(page, () => page.keyboard.press("asnmk"[time % 5]));
      });
    },
  },
  {
    name: "open the filter of a list",
    measure: async (page, times) => {
      await openList(page);
      const filter = page.locator("main").getByRole("button", { name: list.add_filter }).first();
      return repeated(times, async () => {
        const duration = await timed(page, () => filter.click());
        await page.keyboard.press("Escape");
        return duration;
      });
    },
  },
  {
    name: "sort a list by a column",
    measure: async (page, times) => {
      await openList(page);
      const heads = page.locator("[role=columnheader] button");
      return repeated(times, async (time) => {
        const duration = await timed(page, () => heads.nth(time % 2).click());
        await shown(page, "[role=row] a[href*='/hcp/']");
        return duration;
      });
    },
  },
  {
    name: "take a filter away from a list",
    measure: async (page, times) => {
      const filter = encodeURIComponent(JSON.stringify({ "==": [{ var: "temperature" }, "skeptical"] }));
      const remove = page.locator("main").getByRole("button", { name: list.remove_filter.replace("{{what}}", "") }).first();
      return repeated(times, async () => {
        await page.goto(`/customers?filter=${filter}`);
        await shown(page, "[role=row] a[href*='/hcp/']");
        await remove.waitFor();
        return timed(page, () => remove.click());
      });
    },
  },
  {
    name: "open a doctor from a list",
    measure: (page, times) =>
      repeated(times, async (time) => {
        await openList(page);
        const duration = await timed(page, () => page.locator("[role=row] a[href*='/hcp/']").nth(time % 5).click());
        await shown(page, "article h1");
        return duration;
      }),
  },
  {
    name: "the next doctor of a list",
    measure: async (page, times) => {
      await openList(page);
      await page.locator("[role=row] a[href*='/hcp/']").first().click();
      const next = page.getByRole("button", { name: list.step_next });
      return repeated(times, async () => {
        await page.locator("article h1").waitFor();
        await next.and(page.locator(":enabled")).waitFor();
        return timed(page, () => next.click());
      });
    },
  },
  {
    name: "the doctor before in a list",
    measure: async (page, times) => {
      const before = page.getByRole("button", { name: list.step_before });
      return repeated(times, async () => {
        await page.locator("article h1").waitFor();
        await before.and(page.locator(":enabled")).waitFor();
        return timed(page, () => before.click());
      });
    },
  },
  {
    name: "open the palette",
    measure: async (page, times) => {
      await page.goto("/");
      await shown(page, "[data-widget]");
      const palette = page.locator("dialog[open]");
      await page.keyboard.press("Control+k");
      await palette.waitFor();
      return repeated(times, async () => {
        await page.keyboard.press("Escape");
        await palette.waitFor({ state: "hidden" });
        const duration = await timed(page, () => page.keyboard.press("Control+k"));
        await palette.waitFor();
        return duration;
      });
    },
  },
  {
    name: "type a letter into the palette",
    measure: async (page, times) => {
      const input = page.locator("dialog[open] input");
      return repeated(times, async (time) => {
        await input.fill("");
        return timed(page, () => page.keyboard.press("asnmk"[time % 5]));
      });
    },
  },
];

/** Frames a second while the list of all doctors is scrolled for some seconds, second by second. */
export async function frames(page) {
  await page.goto("/customers");
  await shown(page, "[role=row] a[href*='/hcp/']");
  const total = await page.request.get("/api/v1/hcp?limit=1&total=true").then((answer) => answer.json());
  const rate = await page.evaluate(async () => {
    const boxes = [...document.querySelectorAll("main *")].filter((one) => one.scrollHeight > one.clientHeight + 2000 && /auto|scroll/.test(getComputedStyle(one).overflowY));
    const list = boxes[0] ?? document.scrollingElement;
    const rates = [];
    for (let second = 0; second < 8; second += 1) {
      let count = 0;
      const until = performance.now() + 1000;
      await new Promise((done) => {
        const step = () => {
          list.scrollTop += 60;
          count += 1;
          if (performance.now() < until) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      });
      rates.push(count);
    }
    return rates;
  });
  return { rate, total: total.total };
}
