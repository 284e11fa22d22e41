import { defineConfig } from "@playwright/test";

/*
 * The tests act on a running server with a demo company:
 *   ONDO_URL (http://127.0.0.1:8470), ONDO_PASSWORD.
 * people.ts says who acts in them, so that they can run side by side.
 */
const chromium = {
  // The same browser without the window around the page, which nobody sees here and which costs as much again.
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium-headless-shell",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    // Letters are drawn the same everywhere.
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  globalSetup: "./setup.ts",
  workers: 2,
  fullyParallel: true,
  // One that needs its second try is counted and named as flaky by ./check: it is to be mended.
  retries: 1,
  // Pictures are few and named by hand: the name says what they show, not where they were taken.
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  timeout: 60_000,
  expect: { timeout: 10_000, toHaveScreenshot: { animations: "disabled", caret: "hide", scale: "css" } },
  reporter: [["list"]],
  use: {
    baseURL: process.env["ONDO_URL"] ?? "http://127.0.0.1:8470",
    timezoneId: "Asia/Tokyo",
    // It would fetch the whole shell anew for every test: installable.spec.ts looks at what it does.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    launchOptions: chromium,
  },
  projects: [
    { name: "phone", use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
    // Only tests whose title says so: most of what a tablet shows, one of the other two has shown.
    { name: "tablet", use: { viewport: { width: 820, height: 1180 }, hasTouch: true }, grep: /@tablet/ },
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
  ],
});
