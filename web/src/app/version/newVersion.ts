/** Keeps the shell on the device, and tells when the server has a newer one. */
import type { Workbox } from "workbox-window";

const checkEvery = 30 * 60_000;

let worker: Workbox | null = null;
let isReady = false;
const listeners = new Set<() => void>();

function becomeReady(): void {
  isReady = true;
  for (const listener of listeners) listener();
}

/** True once a new version waits, or has taken over in another window. */
export const newVersionReady = (): boolean => isReady;

export function onNewVersion(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Changes to the new version. What was not saved in a form is lost: the person has asked for it. */
export function takeNewVersion(): void {
  if (worker === null || !("serviceWorker" in navigator)) return location.reload();
  // Another window may have changed already; then nothing waits, and the reload alone brings the new version.
  void navigator.serviceWorker.getRegistration().then((registration) => {
    if (!registration?.waiting) return location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker?.messageSkipWaiting();
  });
}

/** After the first screen stands: the shell must not compete with it for the network. */
export async function keepShell(): Promise<void> {
  // A part of the page that the server no longer has, because it serves a newer page.
  addEventListener("vite:preloadError", becomeReady);
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const { Workbox } = await import("workbox-window");
  worker = new Workbox("/service-worker.js");
  worker.addEventListener("waiting", becomeReady);
  worker.addEventListener("controlling", (event) => event.isUpdate && becomeReady());
  await worker.register().catch(() => {});
  setInterval(() => void worker?.update().catch(() => {}), checkEvery);
  addEventListener("online", () => void worker?.update().catch(() => {}));
}
