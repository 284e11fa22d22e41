/*
 * Makes the page an application that can be installed: its icons, a manifest in each language, and the
 * service worker that keeps the shell. All of it is made by the build, from the drawing and the catalogues.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { drawIcons, icons } from "./drawings.mjs";

const languages = ["en", "ja", "zh"];
const web = new URL("../../", import.meta.url);

const text = (language, area) => JSON.parse(readFileSync(new URL(`src/i18n/${language}/${area}.json`, web), "utf8"));

const light = { paper: "#faf6f0" };

/** What an installed Ondo is called and looks like, in one language. It is the same application in all three. */
function manifest(language) {
  const app = text(language, "app");
  const install = text(language, "install");
  const nav = text(language, "nav");
  const icon = [{ src: "/icon-192.png", sizes: "192x192", type: "image/png" }];
  return {
    id: "/",
    lang: language,
    dir: "ltr",
    name: app.name,
    short_name: app.name,
    description: install.description,
    start_url: "/",
    scope: "/",
    display: "standalone",
    theme_color: light.paper,
    background_color: light.paper,
    categories: ["business", "medical", "productivity"],
    icons: icons
      .filter(({ purpose }) => purpose !== "apple")
      .map(({ file, size, purpose }) => ({ src: `/${file}`, sizes: `${size}x${size}`, type: "image/png", purpose })),
    shortcuts: [
      { name: text(language, "visit").title, url: "/visit/new", icons: icon },
      { name: nav.today, url: "/", icons: icon },
      { name: nav.customers, url: "/customers", icons: icon },
    ],
  };
}

/** What the service worker keeps: the page and everything it is made of. Manifests and icons are the system's to keep. */
function shellOf(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => file === "index.html" || file === "ondo.svg" || /^assets\/.*\.(js|css|svg|woff2)$/.test(file));
  return all.sort().map((file) => ({ url: `/${file}`, revision: revisionOf(folder, file) }));
}

/** Under assets/ the name itself tells one version from another. */
function revisionOf(folder, file) {
  if (file.startsWith("assets/")) return null;
  return createHash("sha256").update(readFileSync(join(folder, file))).digest("hex").slice(0, 16);
}

const defaults = { configFile: false, publicDir: false, logLevel: "warn" };

/** Its name carries no hash and it lies at the root: the browser asks for it again, and it rules the whole page. */
function buildWorker(folder) {
  return build({
    ...defaults,
    define: { __SHELL__: JSON.stringify(shellOf(folder)), "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      target: "es2022",
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: {
        input: new URL("src/worker/worker.ts", web).pathname,
        output: { format: "iife", entryFileNames: "service-worker.js" },
      },
    },
  });
}

export function installable() {
  let folder = "";
  return {
    name: "ondo-installable",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async generateBundle() {
      for (const language of languages) {
        const source = JSON.stringify(manifest(language));
        this.emitFile({ type: "asset", fileName: `manifest.${language}.webmanifest`, source });
      }
      for (const { file, bytes } of await drawIcons()) this.emitFile({ type: "asset", fileName: file, source: bytes });
    },
    // After everything else: its list names each file by what it holds.
    closeBundle: { order: "post", sequential: true, handler: () => buildWorker(folder) },
  };
}
