// What people do all day, measured by the browser's own Event Timing: from the press to the next picture.

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

export const actions = [
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
      const views = page.locator("main a[href*='view=']");
      await views.first().waitFor();
      return repeated(times, (time) => timed(page, () => views.nth(time % 3).click()));
    },
  },
  {
    name: "tick a sign in a visit",
    measure: async (page, times) => {
      await page.goto(`${new URL(page.url()).pathname}/visit/new`);
      const sign = page.locator("input[type=checkbox]").first();
      await sign.waitFor({ state: "attached" });
      return repeated(times, () => timed(page, () => sign.dispatchEvent("focus").then(() => page.keyboard.press("Space"))));
    },
  },
  {
    name: "type a letter into the visit's note",
    measure: async (page, times) => {
      await page.locator("textarea").first().focus();
      return repeated(times, () => timed(page, () => page.keyboard.press("a")));
    },
  },
  {
    name: "type a letter to search customers",
    measure: async (page, times) => {
      await page.goto("/customers");
      const search = page.locator("main input[type=search]").first();
      await search.waitFor();
      return repeated(times, async (time) => {
        await search.fill("");
        await search.focus();
        return timed(page, () => page.keyboard.press("asnmk"[time % 5]));
      });
    },
  },
  {
    name: "open the palette",
    measure: async (page, times) => {
      await page.goto("/");
      await shown(page, "[data-widget]");
      await page.keyboard.press("Control+k");
      const palette = page.locator("dialog[open]");
      if (!(await palette.waitFor({ timeout: 2000 }).then(() => true, () => false))) return null;
      return repeated(times, async () => {
        await page.keyboard.press("Escape");
        await palette.waitFor({ state: "hidden" });
        return timed(page, () => page.keyboard.press("Control+k"));
      });
    },
  },
];

/** Frames a second while the list of all doctors is scrolled for some seconds, second by second. */
export async function frames(page) {
  await page.goto("/customers");
  await shown(page, "main a[href*='/hcp/']");
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
