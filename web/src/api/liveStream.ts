/**
 * Live updates: one tab of a browser listens to the server's events and tells the others. An event only
 * says that there is something; what it was is read from the change feed, from the position known, so that
 * nothing is missed after a break either.
 */
import type { QueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import {
  forgetWaiting,
  note,
  nothingTouched,
  packed,
  refreshDefinitions,
  refreshTouched,
  unpacked,
  type FeedItem,
  type Packed,
  type Touched,
} from "./live";
import { ApiProblem } from "./problem";

export type LiveState = "off" | "on" | "lost";

/** Milliseconds. */
const gather = 250;
const firstPause = 1000;
const longestPause = 60_000;
const lostAfter = 8000;
/** A tab that nobody looks at for so long stops listening; another may take over. */
const hiddenAtMost = 5 * 60_000;
/** Entries that a page of the feed runs over. */
const pageSize = 500;
/** Pages of the feed that are read one by one; behind that everything is read again. */
const pagesAtMost = 5;
const channelName = "ondo.live";

/** Between tabs: what was touched, how it stands, or the question how it stands. */
type Message =
  | { touched: Packed; position: number }
  | { state: LiveState; position: number | null }
  | { published: true }
  | { ask: true };

async function feed(since: number | "now"): Promise<{ items: FeedItem[]; next: number }> {
  const page = await answer(api.GET("/api/v1/changes", { params: { query: { since: String(since) } } }));
  return page as unknown as { items: FeedItem[]; next: number };
}

export class Live {
  private source: EventSource | null = null;
  private position: number | null = null;
  private pause = firstPause;
  private reading: Promise<void> | null = null;
  private again = false;
  private isLeader = false;
  private stopped = false;
  private state: LiveState = "off";
  private letGo: (() => void) | null = null;
  private asking: AbortController | null = null;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(channelName) : null;

  constructor(
    private readonly client: QueryClient,
    private readonly onState: (state: LiveState) => void,
  ) {}

  start(): void {
    this.channel?.addEventListener("message", this.onMessage);
    document.addEventListener("visibilitychange", this.onVisibility);
    addEventListener("online", this.onOnline);
    if (document.visibilityState === "visible") this.lead();
    this.post({ ask: true });
  }

  stop(): void {
    this.stopped = true;
    forgetWaiting();
    this.resign();
    this.channel?.close();
    document.removeEventListener("visibilitychange", this.onVisibility);
    removeEventListener("online", this.onOnline);
  }

  // ---- Who listens ----

  /** Waits until no other tab listens. Without locks (no TLS) every tab listens for itself. */
  private lead(): void {
    if (this.stopped || this.isLeader || this.asking !== null) return;
    if (!("locks" in navigator) || navigator.locks === undefined) return this.listen();
    this.asking = new AbortController();
    const held = navigator.locks.request(channelName, { signal: this.asking.signal }, () => {
      this.asking = null;
      if (this.stopped) return undefined;
      this.listen();
      return new Promise<void>((resolve) => {
        this.letGo = resolve;
      });
    });
    held.catch(() => {});
  }

  private resign(): void {
    this.asking?.abort();
    this.asking = null;
    this.isLeader = false;
    this.close();
    this.letGo?.();
    this.letGo = null;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.tell("off");
  }

  private readonly onVisibility = (): void => {
    if (document.visibilityState === "visible") {
      clearTimeout(this.timers.get("hidden"));
      this.lead();
    } else {
      this.later("hidden", hiddenAtMost, () => this.resign());
    }
  };

  private readonly onOnline = (): void => {
    if (this.isLeader && this.source === null) this.open();
  };

  private readonly onMessage = ({ data }: MessageEvent<Message>): void => {
    if ("ask" in data) return this.isLeader ? this.post({ state: this.state, position: this.position }) : undefined;
    if (this.isLeader) return;
    if ("published" in data) return refreshDefinitions(this.client);
    this.position = data.position ?? this.position;
    if ("state" in data) return this.tell(data.state);
    refreshTouched(this.client, unpacked(data.touched));
  };

  private post(message: Message): void {
    this.channel?.postMessage(message);
  }

  // ---- Listening ----

  private listen(): void {
    this.isLeader = true;
    this.open();
  }

  private open(): void {
    clearTimeout(this.timers.get("reopen"));
    this.close();
    if (this.stopped || !this.isLeader) return;
    const source = new EventSource("/api/v1/events");
    this.source = source;
    source.addEventListener("open", () => {
      this.pause = firstPause;
      clearTimeout(this.timers.get("lost"));
      this.timers.delete("lost");
      this.tell("on");
      this.read();
    });
    source.addEventListener("change", () => this.later("gather", gather, () => this.read()));
    source.addEventListener("definitions", () => {
      refreshDefinitions(this.client);
      this.post({ published: true });
    });
    source.addEventListener("error", () => this.onError(source));
  }

  private close(): void {
    this.source?.close();
    this.source = null;
  }

  private onError(source: EventSource): void {
    if (source !== this.source) return;
    this.close();
    if (!this.timers.has("lost")) this.later("lost", lostAfter, () => this.tell("lost"));
    this.retry();
  }

  /** Always opened anew, at growing pauses: a browser alone would try every three seconds for ever. */
  private retry(): void {
    const pause = this.pause * (0.75 + Math.random() / 2);
    this.pause = Math.min(this.pause * 2, longestPause);
    this.later("reopen", pause, () => void this.reopen());
  }

  /** A stream does not say why it was refused; a request does, and sends to the sign-in where that is why. */
  private async reopen(): Promise<void> {
    try {
      await this.catchUp();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) this.resign();
      else this.retry();
      return;
    }
    this.open();
  }

  private later(name: string, pause: number, act: () => void): void {
    clearTimeout(this.timers.get(name));
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name);
        act();
      }, pause),
    );
  }

  private tell(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
    if (this.isLeader && !this.stopped) this.post({ state, position: this.position });
  }

  // ---- Reading ----

  /** One reading at a time; what comes meanwhile is read right after. */
  private read(): void {
    if (this.reading !== null) {
      this.again = true;
      return;
    }
    this.reading = this.catchUp()
      .catch(() => {})
      .finally(() => {
        this.reading = null;
        if (!this.again) return;
        this.again = false;
        this.read();
      });
  }

  private async catchUp(): Promise<void> {
    if (this.position === null) {
      this.position = (await feed("now")).next;
      return;
    }
    const touched = nothingTouched();
    for (let page = 1; ; page += 1) {
      const since = this.position;
      const { items, next } = await feed(since);
      for (const item of items) note(touched, item);
      this.position = next;
      if (next - since < pageSize) break;
      if (page < pagesAtMost) continue;
      touched.everything = true;
      this.position = (await feed("now")).next;
      break;
    }
    this.apply(touched);
  }

  private apply(touched: Touched): void {
    if (this.stopped || (touched.ids.size === 0 && !touched.everything)) return;
    refreshTouched(this.client, touched);
    if (this.position !== null) this.post({ touched: packed(touched), position: this.position });
  }
}
