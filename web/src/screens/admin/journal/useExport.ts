import { useTranslation } from "react-i18next";
import type { JournalEntry } from "../../../api/journal";
import { useModel } from "../../../api/queries";
import { csvOf } from "./csv";
import { changesOf } from "./EntryCard";
import { useJournalWords } from "./words";

/** Saves the entries that are shown as a file, in the words of the screen: a line a changed field. */
export function useExport(entries: JournalEntry[], names: Record<string, string>): () => void {
  const { t } = useTranslation();
  const model = useModel();
  const words = useJournalWords();
  const valueText = (object: string, name: string, value: unknown): string => {
    if (value === null || value === undefined) return "";
    const field = model.field(object, name);
    if (field?.type === "choice") return model.choiceLabel(object, name, String(value));
    if (typeof value === "object") return JSON.stringify(value);
    return names[String(value)] ?? String(value);
  };
  const linesOf = (entry: JournalEntry): string[][] => {
    const head = [
      String(entry.position ?? ""), entry.at, entry.by_name ?? t("journal.system"), words.door(entry.via), words.object(entry.object),
      entry.title ?? "", entry.id ?? "", words.action(entry.action),
    ];
    const changes = changesOf(entry);
    if (changes.length === 0) return [[...head, "", "", "", entry.reason ?? ""]];
    return changes.map(([name, { from, to }]) => [
      ...head, model.fieldLabel(entry.object, name), valueText(entry.object, name, from), valueText(entry.object, name, to),
      entry.reason ?? "",
    ]);
  };
  return () => {
    const head = [
      t("journal.position"), t("journal.at"), t("journal.by"), t("journal.via"), t("journal.object"), t("journal.record"), "ID",
      t("journal.action"), t("journal.field"), t("journal.before"), t("journal.after"), t("journal.reason"),
    ];
    const file = new Blob([csvOf([head, ...entries.flatMap(linesOf)])], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "journal.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
}
