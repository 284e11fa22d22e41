import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../api/queries";
import { visitCheckQuery, type VisitChecked, type VisitQuality } from "../../api/visitCheck";
import { isUntouched, visitOf, type VisitDraft } from "./draft";

/** Typing rests this long before the visit is looked at. */
const typingPause = 350;

/** What the draft would send, without what differs from moment to moment. */
const bodyOf = (draft: VisitDraft, hcp: string, zone: string): object => {
  const { held_at: _, ...visit } = visitOf(draft, { hcp, hco: null, zone, sending: { at: 0, ids: [] } });
  return visit;
};

export interface VisitCheck {
  quality: VisitQuality | null;
  /** What a promise lacks, by the id of its line, by pointer. */
  lacks: (id: string) => Map<string, string>;
}

const lacksOf = (promises: VisitChecked["promises"], id: string): Map<string, string> =>
  new Map((promises.find((one) => one.id === id)?.missing ?? []).map(({ pointer, message }) => [pointer, message]));

/** The draft as the server sees it, while it is written. */
export function useVisitCheck(draft: VisitDraft, hcp: string): VisitCheck {
  const me = useMe();
  const body = isUntouched(draft) ? null : JSON.stringify(bodyOf(draft, hcp, me.zone));
  const [rested] = useDebouncedValue(body, typingPause);
  const { data } = useQuery(visitCheckQuery(rested === null ? null : (JSON.parse(rested) as object)));
  const seen = rested === null ? undefined : data;
  return { quality: seen?.quality ?? null, lacks: (id) => lacksOf(seen?.promises ?? [], id) };
}
