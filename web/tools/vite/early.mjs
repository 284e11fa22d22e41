/*
 * Puts src/early/early.ts before the page: the first script, small, that knows the names which the build has given to
 * the parts. So it is built after them.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const entry = new URL("../../src/early/early.ts", import.meta.url).pathname;
const languages = ["en", "ja", "zh"];

const text = (language, area) => JSON.parse(readFileSync(new URL(`../../src/i18n/${language}/${area}.json`, import.meta.url), "utf8"));

function wordsOf(language) {
  const { name, loading, retry } = text(language, "app");
  return { name, loading, retry, unreachable: text(language, "error").unreachable };
}

const partsOf = (bundle) => ({
  words: Object.fromEntries(languages.map((one) => [one, wordsOf(one)])),
  catalogues: Object.fromEntries(languages.map((one) => [one, ["first", "index"].map((part) => `/${bundle[`src/i18n/${one}/${part}.ts`].file}`)])),
});

async function compile(parts) {
  const [{ output }] = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: { __PARTS__: JSON.stringify(parts) },
    build: { target: "es2022", write: false, lib: { entry, formats: ["iife"], name: "early" } },
  }).then((built) => (Array.isArray(built) ? built : [built]));
  return output[0].code;
}

export function early() {
  let folder = "";
  return {
    name: "ondo-early",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: { order: "pre", sequential: true, handler: () => putBefore(folder) },
  };
}

async function putBefore(folder) {
  const code = await compile(partsOf(JSON.parse(readFileSync(join(folder, "bundle.json"), "utf8"))));
  const hash = createHash("sha256").update(code).digest("base64url").slice(0, 8);
  const file = `assets/early-${hash}.js`;
  writeFileSync(join(folder, file), code);
  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8");
  // At the end: what it says stands in the body.
  writeFileSync(page, html.replace("</body>", `  <script async src="/${file}"></script>\n  </body>`));
}
