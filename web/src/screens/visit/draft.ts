/** A visit being written. It stays on the device until the server has it. */
import { forget, recall, remember } from "../../lib/device";
import { instantAt, type Day, type Instant } from "../../lib/dates";
import { randomId, recordId } from "../../lib/ids";
import type { FieldDraft } from "../../record/fieldDraft";
import type { NewVisit } from "../../api/shapes";
import { competitorKind, isIncomplete, isPromise, promisesOf, topicsOf, type DraftPiece } from "./pieces";

/** Each line has the id that its record will have: sent again, it is the same record. */
export interface DraftText {
  id: string;
  kind: string;
  text: string;
  /** Of a topic about a competitor: whose product, and in which direction it was mentioned. */
  competitor?: string;
  direction?: string | null;
  /** Of a topic: our product that it is about. */
  product?: string | null;
}

export interface DraftSign {
  id: string;
  kind: string;
}

export interface DraftPromise {
  id: string;
  deliverable: string;
  due: Day | null;
  /** `HH:MM` of that day; without one the end of work. */
  time?: string;
  /** When receipt is confirmed, as an instant; null leaves it to the server. */
  confirm?: Instant | null;
}

export interface DraftDetail {
  id: string;
  product: string;
  reaction: string | null;
}

/** Approved material that was shown or given. */
export interface DraftShare {
  id: string;
  content: string;
}

/** What was sent under the key: the same again must be the same to the byte. */
export interface Sending {
  at: number;
  /** The lines that it held. */
  ids: string[];
}

export interface VisitDraft {
  /** The visit's id, as long as the draft lives: whatever happens, it is recorded once. */
  id: string;
  /** The idempotency key: saving twice records one visit. */
  key: string;
  /** The planned visit that this one completes; null for none, undefined until somebody chooses. */
  planned?: string | null;
  temperature: string | null;
  /** What the temperature rests on, and the product that it is about; null: all of ours. */
  reason: string;
  about: string | null;
  channel: string;
  /** As it was first sent under this key. */
  sent: Sending | null;
  /** `YYYY-MM-DDTHH:MM` on the person's clock; null means the moment of saving. */
  heldAt: string | null;
  discussion: string;
  nextContact: Day | null;
  /** The quick note, the text of it that was read last, and what it said. */
  note: string;
  noteRead: string;
  pieces: DraftPiece[];
  signs: DraftSign[];
  memos: DraftText[];
  topics: DraftText[];
  details: DraftDetail[];
  promises: DraftPromise[];
  shares: DraftShare[];
  /** The form in use; what it asks for besides, and the doctor's traits that were put right, as typed. */
  form: string;
  more: FieldDraft;
  portrait: FieldDraft;
  /** When it was last changed, in milliseconds. */
  changedAt: number;
}

export function emptyDraft(): VisitDraft {
  return {
    id: recordId(),
    key: randomId(),
    sent: null,
    temperature: null,
    reason: "",
    about: null,
    channel: "in_person",
    heldAt: null,
    discussion: "",
    nextContact: null,
    note: "",
    noteRead: "",
    pieces: [],
    signs: [],
    memos: [],
    topics: [],
    details: [],
    promises: [],
    shares: [],
    form: "",
    more: {},
    portrait: {},
    changedAt: 0,
  };
}

const linesOf = (draft: VisitDraft): { id: string }[] => [
  ...draft.signs,
  ...draft.memos,
  ...draft.topics,
  ...draft.details,
  ...draft.promises,
  ...draft.shares,
];

/** What to remember of a sending before it goes out. */
export const sendingOf = (draft: VisitDraft, now: number): Sending => ({
  at: now,
  ids: [...linesOf(draft), ...draft.pieces].map(({ id }) => id),
});

/** Whether the person has entered nothing that would be a pity to lose. */
export function isUntouched(draft: VisitDraft): boolean {
  return (
    draft.temperature === null &&
    draft.discussion.trim() === "" &&
    draft.note.trim() === "" &&
    draft.nextContact === null &&
    Object.keys(draft.portrait).length === 0 &&
    Object.keys(draft.more).length === 0 &&
    !draft.pieces.some((piece) => piece.isEdited) &&
    linesOf(draft).length === 0
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

/** Where the draft of one planned visit is kept: a doctor may have several. */
export const planPlace = (hcp: string, plan: string | undefined): string => (plan === undefined ? hcp : `${hcp}.${plan}`);

/**
 * The draft of a planned visit. What was begun from the doctor's page, for no other plan, is this one's from now on:
 * nobody writes the same twice because they came back by another way.
 */
export function recallPlanned(user: string, hcp: string, plan: string | undefined): VisitDraft | null {
  const own = recallDraft(user, planPlace(hcp, plan));
  if (own !== null || plan === undefined) return own;
  const begun = recallDraft(user, hcp);
  if (begun === null || (begun.planned ?? plan) !== plan) return null;
  dropDraft(user, hcp);
  keepDraft(user, planPlace(hcp, plan), begun);
  return begun;
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
  const isSilent = draft.discussion.trim() === "" && draft.note.trim() === "";
  if (draft.temperature === null && isSilent) missing.set("/temperature", "nothing_yet");
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
  draft.pieces.forEach((piece, index) => {
    if (piece.isDropped || !isIncomplete(piece)) return;
    missing.set(`/pieces/${index}`, isPromise(piece) ? "promise_incomplete" : "text_required");
  });
  return missing;
}

export interface VisitFrame {
  hcp: string;
  hco: string | null;
  zone: string;
  sending: Sending;
}

/** Promises are due at the end of a working day, unless the person says more. */
const endOfDay = "18:00";

/** A topic as it is sent: what only competitors have is left out of others. */
const topicOf = ({ id, kind, text, competitor, direction, product }: DraftText) => ({
  id,
  kind,
  text: text.trim(),
  ...(product ? { product } : {}),
  ...(kind === competitorKind && direction ? { direction } : {}),
  ...(kind === competitorKind && competitor?.trim() ? { competitor: competitor.trim() } : {}),
});

/** What a form asks for besides goes as it was typed: the server reads it by the field's type. */
const moreOf = (more: FieldDraft): FieldDraft =>
  Object.fromEntries(Object.entries(more).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value.trim() !== "")));

/** The request that records the draft: a new visit, or what completes a planned one. */
export function visitOf(draft: VisitDraft, { hcp, hco, zone, sending }: VisitFrame): NewVisit {
  const [day, time] = draft.heldAt?.split("T") ?? [];
  const discussion = draft.discussion.trim();
  const note = draft.note.trim();
  const texts = (list: DraftText[]) => list.map(({ id, kind, text }) => ({ id, kind, text: text.trim() }));
  const visit = {
    ...(draft.planned ? {} : { id: draft.id, hcp, ...(hco === null ? {} : { hco }) }),
    channel: draft.channel,
    state: "completed",
    held_at: day && time ? instantAt(day, time, zone) : new Date(sending.at).toISOString(),
    ...(draft.temperature === null ? {} : { temperature: draft.temperature }),
    ...(draft.temperature === null || draft.reason.trim() === "" ? {} : { temperature_reason: draft.reason.trim() }),
    ...(draft.temperature === null || draft.about === null ? {} : { temperature_product: draft.about }),
    ...(discussion === "" ? {} : { discussion }),
    ...(note === "" ? {} : { quick_note: note }),
    signs: draft.signs,
    memos: texts(draft.memos),
    ...(draft.nextContact === null ? {} : { next_contact_on: draft.nextContact }),
    ...(draft.form === "" ? {} : { form: draft.form }),
    ...moreOf(draft.more),
    topics: [...draft.topics.map(topicOf), ...topicsOf(draft.pieces, draft.note, draft.noteRead)],
    details: draft.details,
    ...(draft.shares.length === 0 ? {} : { shares: draft.shares }),
    promises: [
      ...draft.promises.map(({ id, deliverable, due, time, confirm }) => ({
        id,
        deliverable: deliverable.trim(),
        due_at: due === null ? null : instantAt(due, time || endOfDay, zone),
        ...(confirm ? { confirm_at: confirm } : {}),
      })),
      ...promisesOf(draft.pieces),
    ],
  };
  // Codes of choices come from the model at run time; the server checks them.
  return visit as NewVisit;
}

/** The request that keeps the draft on the server: what can be read of it there, and all of it for the form. */
export function putAsideOf(draft: VisitDraft, frame: VisitFrame): NewVisit {
  const { id, hcp, hco, channel, held_at, discussion, quick_note } = visitOf(draft, frame);
  const { key: _, sent: __, ...kept } = draft;
  const whose = draft.planned ? {} : { id, hcp, ...(hco ? { hco } : {}) };
  return { ...whose, channel, held_at, discussion, quick_note, state: "draft", draft: kept } as NewVisit;
}

/** A kept draft under a key of its own, as what completes the visit that it waits in. */
export const restored = (empty: VisitDraft, visit: string, kept: object): VisitDraft => ({
  ...empty,
  ...(kept as Partial<VisitDraft>),
  key: empty.key,
  sent: null,
  planned: visit,
});

/**
 * What the draft says beyond what was sent before, for a visit that the server has already: its answer was
 * lost, and the person went on writing.
 */
export function additionOf(draft: VisitDraft, frame: VisitFrame): NewVisit {
  const isNew = ({ id }: { id: string }): boolean => !frame.sending.ids.includes(id);
  const fresh: VisitDraft = {
    ...draft,
    planned: draft.planned ?? draft.id,
    signs: draft.signs.filter(isNew),
    memos: draft.memos.filter(isNew),
    topics: draft.topics.filter(isNew),
    details: draft.details.filter(isNew),
    shares: draft.shares.filter(isNew),
    promises: draft.promises.filter(isNew),
    pieces: draft.pieces.filter(isNew),
  };
  return visitOf(fresh, frame);
}
