import { createServer, request as pass, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, type Page } from "@playwright/test";
import { openAs, settled } from "./steps";
import { languages, text } from "./texts";

/** The server as a browser sees it, behind a door that can be shut, and that can pretend a newer build. */
class Door {
  private readonly server: Server;
  newer = false;

  constructor(private readonly behind: URL) {
    this.server = createServer((asked, answered) => {
      const { method, url, headers } = asked;
      const onward = pass({ host: behind.hostname, port: behind.port, method, path: url, headers: { ...headers, "accept-encoding": "identity" } });
      onward.on("response", (answer) => {
        const renewed = this.newer && (url === "/service-worker.js" || url?.startsWith("/index.html") === true);
        const kept = { ...answer.headers };
        if (renewed) delete kept["content-length"];
        answered.writeHead(answer.statusCode ?? 502, kept);
        if (!renewed) return answer.pipe(answered);
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => answered.end(renew(Buffer.concat(parts).toString())));
      });
      onward.on("error", () => answered.destroy());
      asked.pipe(onward);
    });
  }

  async open(port = 0): Promise<string> {
    await new Promise<void>((done) => this.server.listen(port, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async shut(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** What another build differs in: the page, and the version that the service worker's list names for it. */
function renew(file: string): string {
  return file.replace("<title>", '<meta name="build" content="newer" /><title>').replace(/("?url"?:\s*[`"']\/index\.html[`"'],\s*"?revision"?:\s*[`"'])[0-9a-f]{4}/, "$1beef");
}

/** The shell is on the device, and a service worker has charge of this page. */
async function shellKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((done) => setTimeout(done, 50));
  });
}

async function behindDoor(page: Page, act: (door: Door, url: string) => Promise<void>): Promise<void> {
  const door = new Door(new URL(test.info().project.use.baseURL ?? ""));
  const url = await door.open();
  try {
    await openAs(page, "ja", `${url}/`);
    await shellKept(page);
    await act(door, url);
  } finally {
    await door.shut();
  }
}

test.use({ serviceWorkers: "allow" });
test.skip(({ isMobile }) => isMobile === true, "the same on every screen");

test("Ondo can be installed, under its name in each language", async ({ page }) => {
  await openAs(page, "ja");
  await shellKept(page);
  const browser = await page.context().newCDPSession(page);
  const { errors } = await browser.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  // A private window, which the test runs in, is never offered an installation.
  expect(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito")).toEqual([]);

  await expect(page.locator("link[rel=manifest]")).toHaveAttribute("href", "/manifest.ja.webmanifest");
  for (const language of languages) {
    const answer = await page.request.get(`/manifest.${language}.webmanifest`);
    expect(answer.headers()["content-type"]).toBe("application/manifest+json");
    const manifest = (await answer.json()) as { description: string; icons: { src: string }[]; shortcuts: { name: string; url: string }[] };
    expect(manifest.description).toBe(text(language, "install.description"));
    expect(manifest.shortcuts.map(({ name }) => name)).toEqual(expect.arrayContaining([text(language, "visit.title"), text(language, "nav.today")]));
    for (const { src } of manifest.icons) expect((await page.request.get(src)).headers()["content-type"]).toBe("image/png");
  }
});

test("what the API answers is never kept by the service worker", async ({ page }) => {
  await openAs(page, "ja", "/customers");
  await shellKept(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain("/index.html");
  expect(kept.filter((path) => path.startsWith("/api/"))).toEqual([]);
});

test("without a network the shell opens and says what does not work; then it goes on by itself", async ({ page, context }) => {
  await behindDoor(page, async (door, url) => {
    const port = Number(new URL(url).port);
    await door.shut();
    await page.goto(`${url}/customers`);
    await expect(page.getByRole("heading", { name: text("ja", "install.without_server") })).toBeVisible();
    await expect(page.getByText(text("ja", "install.without_server_help"))).toBeVisible();
    await door.open(port);
    await page.getByRole("button", { name: text("ja", "app.retry") }).click();
    await settled(page);
    await expect(page).toHaveURL(`${url}/customers`);

    await context.setOffline(true);
    await expect(page.getByText(text("ja", "install.offline"))).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(text("ja", "install.offline"))).toBeHidden();
  });
});

test("a new version is offered, waits while a form is filled in, and comes when it is asked for", async ({ page }) => {
  await behindDoor(page, async (door, url) => {
    const offer = page.getByText(text("ja", "install.new_version"));
    const newer = page.locator("meta[name=build]");
    const first = page.locator("[data-widget] a[href^='/hcp/']:not([href$='/new'])").first();
    await page.goto(`${url}${(await first.getAttribute("href")) ?? ""}/visit/new`);
    await page.locator("textarea").first().fill("書きかけ");
    door.newer = true;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      while (registration.waiting === null) await new Promise((done) => setTimeout(done, 50));
    });
    // Longer than the page waits between two looks.
    await page.waitForTimeout(2500);
    await expect(offer).toBeHidden();
    await page.locator("nav a[href='/']").last().click();
    await expect(offer).toBeVisible();
    await expect(newer).toHaveCount(0);
    await page.getByRole("button", { name: text("ja", "install.reload") }).click();
    await expect(newer).toHaveCount(1);
    await settled(page);
    await expect(offer).toBeHidden();
  });
});
