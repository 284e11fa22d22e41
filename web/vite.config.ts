/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compiledAhead } from "./tools/vite/compiled_ahead.mjs";
import { early } from "./tools/vite/early.mjs";
import { groups } from "./tools/vite/groups.mjs";
import { help } from "./tools/vite/help.mjs";
import { installable } from "./tools/vite/installable.mjs";

// `npm run dev` serves the page by Vite and passes the API on to a running binary.
const server = process.env["ONDO_URL"] ?? "http://127.0.0.1:8470";

export default defineConfig({
  plugins: [react(), help(), compiledAhead(), early(), installable()],
  build: {
    target: "es2022",
    assetsDir: "assets",
    // Nothing is inlined as data: so that the page lives under `default-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: "bundle.json",
    chunkSizeWarningLimit: 400,
    rollupOptions: { output: { codeSplitting: { groups: groups() } } },
  },
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  // A test that needs a document says so in its first line (@vitest-environment jsdom); making one takes longer than most tests.
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
