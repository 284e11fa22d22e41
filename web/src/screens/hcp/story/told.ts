/** What a story's memos say together: which stand, which were put right, what is new. */
import type { Memo } from "../../../api/shapes";

/** The memos that nobody has put right. */
export const standing = (memos: Memo[]): Memo[] => memos.filter((memo) => !memo.corrections);

/** What a memo puts right, the latest first; as far as it is loaded. */
export function correctedBy(memo: Memo, memos: Memo[]): Memo[] {
  const before: Memo[] = [];
  let next = memos.find((one) => one.id === memo.corrects);
  while (next !== undefined && !before.includes(next)) {
    before.push(next);
    const { corrects } = next;
    next = memos.find((one) => one.id === corrects);
  }
  return before;
}

/** Whether somebody else wrote it after the reader's last look; before the first look nothing is marked. */
export const isNew = (memo: Memo, since: string | null, me: string): boolean =>
  since !== null && memo.by !== me && typeof memo.created_at === "string" && Date.parse(memo.created_at) > Date.parse(since);

/** When the newest of them was written; null for none. */
export function latest(memos: Memo[]): string | null {
  const times = memos.map((memo) => memo.created_at).filter((at): at is string => typeof at === "string");
  return times.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

/** Memos by what the words did, in the order of the choices; those without a noted effect last. */
export function byEffect(memos: Memo[], effects: string[]): { effect: string | null; memos: Memo[] }[] {
  const groups = [...effects, null].map((effect) => ({ effect, memos: memos.filter((memo) => (memo.effect ?? null) === effect) }));
  return groups.filter((group) => group.memos.length > 0);
}
