/**
 * A company of a test file's own, for tests that change what everybody works with (roles, definitions,
 * sample data): a copy of the demo company behind a server of its own.
 *
 *     import { expect, test } from "./company";
 *     test.use({ of: "roles" });
 *     test("…", async ({ page, company }) => { await page.goto("/"); … });
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { password } from "./people";

export interface Company {
  url: string;
  /** The folder of its database, for the program's other commands. */
  folder: string;
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start the tests by tests/e2e/run`);
  return value;
}

/** Resolves with the address that the server prints once it answers. */
function served(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (bytes: Buffer) => {
      said += bytes.toString();
      const url = /http:\/\/[0-9.:]+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
}

/** A demo company made at one instant, the same every time; its people know the page already. */
function makeCompany(database: string, instant: string): void {
  const env = { ...process.env, ONDO_NOW: instant };
  execFileSync(needed("ONDO_BINARY"), ["demo", "--database", database, "--password", password()], { env });
  // What the day brings is there from the start, not some moment after it.
  execFileSync(needed("ONDO_BINARY"), ["tick", "--database", database], { env });
  execFileSync("sqlite3", [database, `INSERT INTO preference SELECT id, '{"tour":"seen"}', 0 FROM "user"`]);
}

interface CompanyOptions {
  /** Whose company it is: a worker goes on with its company as long as this stays the same. */
  of: string;
  /** A folder whose definitions go before the embedded ones: test.use({ business: "…" }). */
  business: string | null;
  /** When the company is made and where its clock stands; null: the demo company of all, now. */
  instant: string | null;
}

export const test = base.extend<object, { company: Company } & CompanyOptions>({
  of: ["", { option: true, scope: "worker" }],
  business: [null, { option: true, scope: "worker" }],
  instant: [null, { option: true, scope: "worker" }],
  company: [
    async ({ of, business, instant }, use) => {
      if (of === "") throw new Error("say whose company it is: test.use({ of: … })");
      const folder = mkdtempSync(join(tmpdir(), `ondo-${of}-`));
      const database = join(folder, "ondo.db");
      if (instant === null) copyFileSync(needed("ONDO_TEMPLATE"), database);
      else makeCompany(database, instant);
      const definitions = business === null ? [] : ["--business", business];
      const server = spawn(needed("ONDO_BINARY"), ["serve", "--port", "0", "--database", database, ...definitions], {
        env: { ...process.env, ...(instant === null ? {} : { ONDO_NOW: instant }) },
      });
      await use({ url: await served(server), folder });
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  // Every page of such a test, and every request of its own, goes to this company.
  baseURL: async ({ company }, use) => use(company.url),
});

export { expect } from "@playwright/test";
