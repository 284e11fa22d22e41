/** A visit being written. It stays on the device until the server has it. */
import { forget, recall, remember } from "../../lib/device";
import { instantAt, type Day } from "../../lib/dates";
import { randomId } from "../../lib/ids";
import type { NewVisit } from "../../api/shapes";

export interface DraftText {
  kind: string;
  text: string;
}

export interface DraftPromise {
  deliverable: string;
  due: Day | null;
}

export interface VisitDraft {
  /** The idempotency key: saving twice records one visit. */
  key: string;
  temperature: string | null;
  channel: string;
  /** When it was first sent under this key: what is sent again must be the same to the byte. */
  sentAt: number | null;
  /** `YYYY-MM-DDTHH:MM` on the person's clock; null means the moment of saving. */
  heldAt: string | null;
  discussion: string;
  signs: string[];
  memos: DraftText[];
  topics: DraftText[];
  promises: DraftPromise[];
  /** When it was last changed, in milliseconds. */
  changedAt: number;
}

export function emptyDraft(): VisitDraft {
  return {
    key: randomId(),
    sentAt: null,
    temperature: null,
    channel: "in_person",
    heldAt: null,
    discussion: "",
    signs: [],
    memos: [],
    topics: [],
    promises: [],
    changedAt: 0,
  };
}

/** Whether the person has entered nothing that would be a pity to lose. */
export function isUntouched(draft: VisitDraft): boolean {
  return (
    draft.temperature === null &&
    draft.discussion.trim() === "" &&
    [draft.signs, draft.memos, draft.topics, draft.promises].every((list) => list.length === 0)
  );
}

const placeOf = (user: string, hcp: string): string => `ondo.draft.visit.${user}.${hcp}`;

/** The draft kept for this person and doctor; null when there is none, or it cannot be read. */
export function recallDraft(user: string, hcp: string): VisitDraft | null {
  const kept = recall(placeOf(user, hcp));
  if (kept === null) return null;
  try {
    const draft = { ...emptyDraft(), ...(JSON.parse(kept) as Partial<VisitDraft>) };
    return isUntouched(draft) ? null : draft;
  } catch {
    return null;
  }
}

/** Keeps the draft; false when this device cannot. An untouched one is forgotten instead. */
export function keepDraft(user: string, hcp: string, draft: VisitDraft): boolean {
  if (isUntouched(draft)) {
    forget(placeOf(user, hcp));
    return true;
  }
  return remember(placeOf(user, hcp), JSON.stringify(draft));
}

export function dropDraft(user: string, hcp: string): void {
  forget(placeOf(user, hcp));
}

/** What is missing before the draft can be sent, by the same pointers as the server's errors. */
export type Missing = Map<string, "nothing_yet" | "text_required" | "promise_incomplete">;

export function whatIsMissing(draft: VisitDraft): Missing {
  const missing: Missing = new Map();
  if (draft.temperature === null && draft.discussion.trim() === "") missing.set("/temperature", "nothing_yet");
  draft.memos.forEach((memo, index) => {
    if (memo.text.trim() === "") missing.set(`/memos/${index}/text`, "text_required");
  });
  draft.topics.forEach((topic, index) => {
    if (topic.text.trim() === "") missing.set(`/topics/${index}/text`, "text_required");
  });
  draft.promises.forEach((promise, index) => {
    if (promise.deliverable.trim() === "" || promise.due === null) {
      missing.set(`/promises/${index}/deliverable`, "promise_incomplete");
    }
  });
  return missing;
}

export interface VisitFrame {
  hcp: string;
  hco: string | null;
  zone: string;
  now: number;
}

/** Promises are due at the end of a working day, unless the person says more. */
const endOfDay = "18:00";

/** The request that records the draft. */
export function visitOf(draft: VisitDraft, { hcp, hco, zone, now }: VisitFrame): NewVisit {
  const [day, time] = draft.heldAt?.split("T") ?? [];
  const discussion = draft.discussion.trim();
  const texts = (list: DraftText[]) => list.map(({ kind, text }) => ({ kind, text: text.trim() }));
  const visit = {
    hcp,
    channel: draft.channel,
    state: "completed",
    held_at: day && time ? instantAt(day, time, zone) : new Date(now).toISOString(),
    ...(hco === null ? {} : { hco }),
    ...(draft.temperature === null ? {} : { temperature: draft.temperature }),
    ...(discussion === "" ? {} : { discussion }),
    signs: draft.signs,
    memos: texts(draft.memos),
    topics: texts(draft.topics),
    promises: draft.promises.map(({ deliverable, due }) => ({
      deliverable: deliverable.trim(),
      due_at: due === null ? null : instantAt(due, endOfDay, zone),
    })),
  };
  // Codes of choices come from the model at run time; the server checks them.
  return visit as NewVisit;
}
