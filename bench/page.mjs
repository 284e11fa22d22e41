// What bench/page runs: the measurements in Chromium, and the table of them against the budgets.
import { createRequire } from "node:module";
import { percentile } from "./page_numbers.mjs";
import { deskActions, frames, phoneActions } from "./page_actions.mjs";

const require = createRequire(new URL("../tests/e2e/package.json", import.meta.url));
const { chromium } = require("@playwright/test");

const url = process.env.ONDO_URL;
const loads = Number(process.env.BENCH_LOADS ?? 5);
const times = Number(process.env.BENCH_TIMES ?? 20);
const parts = process.argv.slice(2);
const wanted = (part) => parts.length === 0 || parts.includes(part);

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const desk = { viewport: { width: 1440, height: 900 } };
const slowNetwork = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const slowProcessor = 4;
/** So long without a long task, and the page has nothing left to do. Milliseconds. */
const quiet = 2000;

const rows = [];
let isOver = false;

/** A line of the table; `budget` is a limit for the median, `atLeast` a floor. */
function tell(name, values, unit, { budget, atLeast } = {}) {
  const median = percentile(values, 50);
  const kept = budget === undefined && atLeast === undefined ? "" : median <= (budget ?? Infinity) && median >= (atLeast ?? 0) ? "kept" : "OVER";
  if (kept === "OVER") isOver = true;
  const shown = (value) => (value < 1 && value > 0 ? value.toFixed(3) : value.toFixed(value < 10 ? 1 : 0));
  const limit = budget !== undefined ? `≤ ${budget} ${unit}` : atLeast !== undefined ? `≥ ${atLeast} ${unit}` : unit;
  rows.push([name, shown(median), shown(percentile(values, 95)), shown(Math.max(...values)), limit, kept]);
}

async function personContext(browser, login, device) {
  const context = await browser.newContext({ baseURL: url, locale: "ja-JP", timezoneId: "Asia/Tokyo", ...device });
  const answer = await context.request.post("/api/v1/session", { data: { login, password: process.env.ONDO_PASSWORD } });
  if (!answer.ok()) throw new Error(await answer.text());
  const { csrf } = await answer.json();
  await context.request.patch("/api/v1/me", { data: { lang: "ja" }, headers: { "X-CSRF-Token": csrf } });
  return context;
}

/** Watches from before the first script: what moved, which tasks were long, when the lists stood. */
function watch() {
  const seen = { shift: 0, longUntil: 0, shown: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.longUntil = entry.startTime + entry.duration;
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (document.querySelector("main h1") !== null && document.querySelector("[data-widget] li a") !== null) seen.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function firstLoad(browser) {
  const context = await personContext(browser, "mr1", phone);
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", slowNetwork);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowProcessor });
  const kinds = new Map();
  const bytes = { Script: 0, all: 0, requests: 0 };
  devtools.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes.requests += 1;
    bytes.all += encodedDataLength;
    if (kinds.get(requestId) === "Script") bytes.Script += encodedDataLength;
  });
  await page.goto("/", { waitUntil: "commit" });
  await page.waitForFunction(() => window.seen.shown > 0, null, { polling: 50 });
  // The first thing a person does: it is answered when the panel of help stands.
  const answered = await page.evaluate(async () => {
    const before = performance.now();
    document.querySelector("[data-widget] li a").focus();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - before;
  });
  const atInteraction = { ...bytes };
  await page.waitForFunction((ms) => performance.now() > Math.max(window.seen.longUntil, window.seen.shown) + ms, quiet, { polling: 100 });
  const { shift, shown, longUntil } = await page.evaluate(() => window.seen);
  await context.close();
  return { script: atInteraction.Script / 1024, all: atInteraction.all / 1024, requests: atInteraction.requests, shown, answered, interactive: Math.max(shown, longUntil), shift };
}

async function measureLoads(browser) {
  const all = [];
  for (let load = 0; load < loads; load += 1) all.push(await firstLoad(browser));
  const of = (name) => all.map((one) => one[name]);
  tell("first load: JavaScript, compressed", of("script"), "KB", { budget: 220 });
  tell("first load: everything, compressed", of("all"), "KB");
  tell("first load: requests", of("requests"), "");
  tell("first load: lists shown", of("shown"), "ms");
  tell("first load: interactive", of("interactive"), "ms", { budget: 2000 });
  tell("first load: a press is answered in", of("answered"), "ms", { budget: 100 });
  tell("first load: layout shift", of("shift"), "", { budget: 0.05 });
}

async function measureScroll(browser) {
  const context = await personContext(browser, "admin", desk);
  const page = await context.newPage();
  const { rate, total } = await frames(page);
  tell(`scrolling through ${total.toLocaleString("en")} doctors`, rate, "frames/s", { atLeast: 50 });
  await context.close();
}

async function measureActions(browser) {
  for (const [actions, device] of [[phoneActions, phone], [deskActions, desk]]) {
    const context = await personContext(browser, "mr1", device);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    for (const action of actions) tell(action.name, await action.measure(page, times), "ms", { budget: 100 });
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: ["--no-sandbox", "--disable-gpu"] });
try {
  if (wanted("load")) await measureLoads(browser);
  if (wanted("scroll")) await measureScroll(browser);
  if (wanted("act")) await measureActions(browser);
} finally {
  await browser.close();
}

const heads = ["", "median", "95 %", "most", "budget", ""];
for (const [name, ...cells] of [heads, ...rows]) console.log(name.padEnd(44), cells.map((cell) => cell.padStart(11)).join(" "));
process.exitCode = isOver ? 1 : 0;
