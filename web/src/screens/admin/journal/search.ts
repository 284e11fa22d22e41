/** What the address of the journal keeps: the question itself. */
import type { JournalSearch } from "../../../api/journal";

const members = ["object", "id", "by", "action", "via", "field", "from", "until", "q", "batch"] as const;

export function readJournalSearch(search: Record<string, unknown>): JournalSearch {
  return Object.fromEntries(
    members.flatMap((name) => (typeof search[name] === "string" && search[name] !== "" ? [[name, search[name]]] : [])),
  );
}
