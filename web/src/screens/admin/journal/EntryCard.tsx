import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JournalEntry } from "../../../api/journal";
import { useModel } from "../../../api/queries";
import { FieldValue } from "../../../record/FieldValue";
import { useWhen } from "../../../record/HistoryList";
import { RecordLink } from "../../../record/RecordLink";
import { Difference, type ChangedLine } from "../../../ui/Difference";
import { Icon } from "../../../ui/icons";
import { Badge, type Tone } from "../../../ui/marks";
import styles from "./Journal.module.css";
import { useJournalWords } from "./words";
import { Button } from "../../../ui/Button";

const tones: Record<string, Tone> = { create: "good", delete: "danger", restore: "info", sample_remove: "danger" };

/** Fields shown of a long change, a new record's for instance; the rest unfolds. */
const shortened = 5;

interface EntryCardProps {
  entry: JournalEntry;
  /** What people call the records that references lead to, by id. */
  names: Record<string, string>;
  prove: () => void;
}

/** One entry as a person reads it: who did what to which record, when, why, and what changed. */
export function EntryCard({ entry, names, prove }: EntryCardProps) {
  const { t } = useTranslation();
  const words = useJournalWords();
  const lines = useLines(entry, names);
  const [whole, setWhole] = useState(false);
  const shown = whole || lines.length <= shortened + 1 ? lines : lines.slice(0, shortened);
  const when = useWhen(entry.at);
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <strong>{entry.by_name ?? t("journal.system")}</strong>
        <Badge tone={tones[entry.action] ?? "plain"}>{words.action(entry.action)}</Badge>
        <span>
          {words.object(entry.object)}
          {entry.id !== null && entry.title !== null && (
            <>
              {" · "}
              <RecordLink object={entry.object} id={entry.id} title={entry.title} />
            </>
          )}
        </span>
        <span className={styles.quiet}>
          {when} · {words.door(entry.via)}
        </span>
        {entry.position !== null && (
          <Button
            variant="subtle"
            size="sm"
            className={styles.prove}
            leftSection={<Icon name="check" size={16} />}
            onClick={prove}
            aria-label={t("journal.prove_of", { what: `${words.action(entry.action)} ${entry.title ?? ""} ${when}` })}
          >
            {t("journal.prove")}
          </Button>
        )}
      </div>
      {entry.reason && <p className={styles.reason}>{entry.reason}</p>}
      {entry.withheld && <p className={styles.quiet}>{t("journal.withheld")}</p>}
      {shown.length > 0 && <Difference lines={shown} />}
      {shown.length < lines.length && (
        <Button variant="subtle" size="sm" onClick={() => setWhole(true)}>
          {t("journal.fields_more", { count: lines.length - shown.length })}
        </Button>
      )}
    </li>
  );
}

interface Change {
  from?: unknown;
  to?: unknown;
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Changes of fields only: the facts of other acts are told by their names. */
export function changesOf(entry: JournalEntry): [string, Change][] {
  return Object.entries(entry.changes as Record<string, unknown>).flatMap(([name, change]): [string, Change][] =>
    typeof change === "object" && change !== null && "to" in change ? [[name, change as Change]] : [],
  );
}

function useLines(entry: JournalEntry, names: Record<string, string>): ChangedLine[] {
  const model = useModel();
  return changesOf(entry).flatMap(([name, { from, to }]) => {
    const field = model.field(entry.object, name);
    if (isEmpty(from) && isEmpty(to)) return [];
    const shown = (value: unknown) => {
      if (isEmpty(value)) return null;
      // A field that the model no longer has, or a published definition.
      if (field === undefined) return typeof value === "string" && value.length < 80 ? value : "…";
      const title = names[String(value)];
      const record = { id: "", [name]: value, expanded: title === undefined ? {} : { [name]: { id: String(value), title } } };
      return <FieldValue object={entry.object} field={field} record={record} />;
    };
    return [{ key: name, label: field === undefined ? name : model.fieldLabel(entry.object, name), before: shown(from), after: shown(to) }];
  });
}
