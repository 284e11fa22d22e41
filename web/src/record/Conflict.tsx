import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchHistory, type HistoryEntry } from "../api/history";
import { recordKey } from "../api/records";
import type { Field } from "../api/model";
import { useModel } from "../api/queries";
import type { AnyRecord } from "../api/shapes";
import { Button } from "../ui/Button";
import forms from "../ui/forms.module.css";
import styles from "./Conflict.module.css";
import { PlainValue } from "./FieldValue";
import { useWhen, useWho } from "./HistoryList";
import { mergedChanges, type Choice, type Clash, type Merge } from "./merge";

interface ConflictProps {
  object: string;
  merge: Merge;
  base: AnyRecord;
  present: AnyRecord;
  /** Saves what the person decided upon the newest record. */
  save: (changes: Record<string, unknown>) => void;
  /** Leaves the record as the other person made it. */
  take: () => void;
  busy: boolean;
}

/** Somebody else was faster: what was, what I entered, what stands there now; the person decides field by field. */
export function Conflict({ object, merge, base, present, save, take, busy }: ConflictProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const entries = useEntriesSince(object, base, present);
  useEffect(() => box.current?.focus(), []);
  const changes = mergedChanges(merge, choices);
  const finish = () => (Object.keys(changes).length === 0 ? take() : save(changes));
  return (
    <div ref={box} className={styles.conflict} role="alert" tabIndex={-1}>
      <p className={styles.title}>{t("record.stale")}</p>
      <p>{t("record.stale_unsaved")}</p>
      {entries[0] !== undefined && <LastChange entry={entries[0]} />}
      {merge.clashes.map((clash) => (
        <ClashChoice
          key={clash.field.name}
          object={object}
          clash={clash}
          entry={entries.find((entry) => clash.field.name in entry.changes)}
          value={choices[clash.field.name] ?? "mine"}
          onChange={(choice) => setChoices((before) => ({ ...before, [clash.field.name]: choice }))}
        />
      ))}
      {merge.theirs.length > 0 && <TheirsOnly object={object} fields={merge.theirs} present={present} />}
      <div className={forms.actions}>
        <Button size="md" onClick={finish} loading={busy}>
          {t(merge.clashes.length > 0 ? "record.stale_merge" : "record.stale_keep")}
        </Button>
        <Button variant="default" size="md" onClick={take}>
          {t("record.stale_take")}
        </Button>
      </div>
    </div>
  );
}

/** What happened between the version that the person saw and the one that stands there now. */
function useEntriesSince(object: string, base: AnyRecord, present: AnyRecord): HistoryEntry[] {
  const history = useQuery({
    queryKey: [...recordKey(object, base.id), "since", base.version, present.version],
    queryFn: () => fetchHistory(object, base.id, null),
  });
  return (history.data?.items ?? []).filter((entry) => entry.version > (base.version ?? 0));
}

function LastChange({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  return <p className={styles.who}>{t("record.stale_by", { who: useWho(entry), when: useWhen(entry.at) })}</p>;
}

interface ClashChoiceProps {
  object: string;
  clash: Clash;
  entry: HistoryEntry | undefined;
  value: Choice;
  onChange: (choice: Choice) => void;
}

function ClashChoice({ object, clash, entry, value, onChange }: ClashChoiceProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { field, was, mine, theirs } = clash;
  const who = useWho(entry ?? { via: "web" });
  const sides: { choice: Choice; label: string; shown: unknown }[] = [
    { choice: "mine", label: t("record.mine"), shown: mine },
    { choice: "theirs", label: who, shown: theirs },
  ];
  return (
    <fieldset className={styles.clash}>
      <legend>{model.fieldLabel(object, field.name)}</legend>
      <p className={styles.was}>
        {t("record.was")} <PlainValue object={object} field={field} value={was} />
      </p>
      <div className={styles.sides}>
        {sides.map(({ choice, label, shown }) => (
          <label key={choice} className={styles.side} data-chosen={value === choice || undefined}>
            <input type="radio" name={`clash.${field.name}`} checked={value === choice} onChange={() => onChange(choice)} />
            <span className={styles.sideText}>
              <span className={styles.sideLabel}>{label}</span>
              <PlainValue object={object} field={field} value={shown} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function TheirsOnly({ object, fields, present }: { object: string; fields: Field[]; present: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div>
      <p>{t("record.stale_here")}</p>
      <dl className={styles.theirs}>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{model.fieldLabel(object, field.name)}</dt>
            <dd>
              <PlainValue object={object} field={field} value={present[field.name]} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
