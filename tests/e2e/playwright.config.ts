import { defineConfig } from "@playwright/test";

/*
 * The tests act on a running server with a demo company:
 *   ONDO_URL (http://127.0.0.1:8470), ONDO_PASSWORD, ONDO_MR_LOGIN (mr1), ONDO_MANAGER_LOGIN (manager1).
 * A person's language is kept at the server, so that the tests run one after another.
 */
const chromium = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
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
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env["ONDO_URL"] ?? "http://127.0.0.1:8470",
    timezoneId: "Asia/Tokyo",
    screenshot: "only-on-failure",
    launchOptions: chromium,
  },
  projects: [
    { name: "phone", use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
  ],
});
