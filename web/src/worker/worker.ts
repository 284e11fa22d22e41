/*
 * The service worker: keeps the shell, so that the page opens at once and without a network. What the API answers
 * is never kept here. A new version waits until a person asks for it.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope;
/** The build's list of the files that the page is made of. */
declare const __SHELL__: { url: string; revision: string | null }[];

cleanupOutdatedCaches();
precacheAndRoute(__SHELL__);

// Every address of the page is the page; what looks like a file, and what the server answers itself, is not.
const notThePage = [/^\/api\//, /^\/(healthz|readyz|metrics)$/, /\.[^/]*$/];
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: notThePage }));

self.addEventListener("message", (event) => {
  if ((event.data as { type?: string } | null)?.type === "SKIP_WAITING") void self.skipWaiting();
});

// The first one takes charge of the pages that are open, so that they, too, outlive the network.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
