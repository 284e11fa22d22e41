import { Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { noteQuery } from "../../api/note";
import { useMe, useModel } from "../../api/queries";
import { instantAt } from "../../lib/dates";
import { LintFindings } from "../../lint/LintFindings";
import styles from "./NoteBox.module.css";
import { NotePieces } from "./NotePieces";
import { mergePieces, segmentsOf } from "./pieces";
import visitStyles from "./VisitPage.module.css";
import type { VisitCheck } from "./useVisitCheck";
import type { PartProps } from "./VisitParts";

/** Typing rests this long before the note is read. */
const typingPause = 200;

const longest = 4000;

/** A note in shorthand, what it says, and each piece to be corrected before it is saved. */
export function NoteBox({ draft, change, errorAt, lacks }: PartProps & Pick<VisitCheck, "lacks">) {
  const { t } = useTranslation();
  const unread = useReading({ draft, change });
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (mark: string) => {
    const field = box.current;
    const at = field?.selectionEnd ?? draft.note.length;
    change({ note: draft.note.slice(0, at) + mark + draft.note.slice(at) });
    field?.focus();
    requestAnimationFrame(() => field?.setSelectionRange(at + mark.length, at + mark.length));
  };
  return (
    <section className={styles.box} aria-label={t("visit.note")}>
      <Textarea
        ref={box}
        size="md"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={longest}
        label={t("visit.note")}
        description={t("visit.note_hint")}
        placeholder={t("visit.note_example")}
        classNames={{ label: visitStyles.label ?? "" }}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        error={errorAt("/quick_note")}
      />
      <Marks insert={insert} />
      <Highlighted draft={draft} />
      <LintFindings field="visit.quick_note" text={draft.note} />
      {unread && <p className={styles.unread}>{t("visit.note_unread")}</p>}
      <NotePieces pieces={draft.pieces} set={(pieces) => change({ pieces })} errorAt={errorAt} lacks={lacks} />
    </section>
  );
}

/** Reads the note while it is typed; true while it cannot be read. */
function useReading({ draft, change }: Pick<PartProps, "draft" | "change">): boolean {
  const me = useMe();
  const model = useModel();
  const [text] = useDebouncedValue(draft.note, typingPause);
  const [day, time] = draft.heldAt?.split("T") ?? [];
  const at = day && time ? instantAt(day, time, me.zone) : null;
  const { data, isPlaceholderData, isError } = useQuery(noteQuery(text, at));
  const mayPromise = model.may("promise", "create");
  useEffect(() => {
    if (text.trim() !== "" && (data === undefined || isPlaceholderData)) return;
    const read = text.trim() === "" ? [] : (data?.pieces ?? []);
    const own = read.filter((piece) => mayPromise || piece.kind !== "commitment");
    const pieces = mergePieces(draft.pieces, own, text);
    if (text !== draft.noteRead || JSON.stringify(pieces) !== JSON.stringify(draft.pieces)) change({ pieces, noteRead: text });
    // A new reading is the only cause: what the person changes meanwhile is merged with the next one.
  }, [data, isPlaceholderData, text]);
  return isError;
}

/** The marks, for keyboards that hide them. */
function Marks({ insert }: { insert: (mark: string) => void }) {
  const { t } = useTranslation();
  const marks = [
    { sign: "?", label: t("visit.note_mark_question") },
    { sign: "↑", label: t("visit.note_mark_interest") },
    { sign: "!", label: t("visit.note_mark_urgent") },
  ];
  return (
    <div className={styles.marks}>
      {marks.map(({ sign, label }) => (
        <button key={sign} type="button" className={styles.mark} onClick={() => insert(sign)} aria-label={label}>
          {sign}
        </button>
      ))}
    </div>
  );
}

/** The note as it was read, with what each piece rests on. */
function Highlighted({ draft }: Pick<PartProps, "draft">) {
  const { t } = useTranslation();
  const id = useId();
  const segments = segmentsOf(draft.noteRead, draft.pieces);
  if (!segments.some(({ kinds }) => kinds.length > 0)) return null;
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} className={styles.readTitle}>
        {t("visit.note_read")}
      </p>
      <p className={styles.read}>
        {segments.map(({ text, kinds }, index) =>
          kinds.length === 0 ? (
            <span key={index}>{text}</span>
          ) : (
            <mark key={index} data-kind={kinds[0]} data-also={kinds[1]}>
              {text}
            </mark>
          ),
        )}
      </p>
    </div>
  );
}
