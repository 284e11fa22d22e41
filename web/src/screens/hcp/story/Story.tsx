import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { memosQuery, useMe, useModel } from "../../../api/queries";
import type { Memo } from "../../../api/shapes";
import { storyQuery, storySearchQuery, useMarkStoryRead } from "../../../api/story";
import { formatDay } from "../../../lib/dates";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../../ui/parts";
import { AddMemo } from "./AddMemo";
import { MemoLine } from "./MemoLine";
import styles from "./Story.module.css";
import { byEffect, isNew, latest, standing } from "./told";

/** The story of the relationship, by kind; written on, put right by more writing, never rewritten. */
export function Story({ hcp }: { hcp: string }) {
  const memos = useQuery(memosQuery(hcp));
  const reading = useQuery(storyQuery(hcp));
  if (memos.isError) return <ErrorNotice error={memos.error} retry={() => void memos.refetch()} />;
  if (reading.isError) return <ErrorNotice error={reading.error} retry={() => void reading.refetch()} />;
  if (memos.isPending || reading.isPending) return <CardSkeletons count={3} height={110} />;
  return <Read key={hcp} hcp={hcp} memos={memos.data.items} readUntil={reading.data.read_until} />;
}

interface ReadProps {
  hcp: string;
  memos: Memo[];
  readUntil: string | null;
}

const typingPause = 250;

function Read({ hcp, memos, readUntil }: ReadProps) {
  const { t } = useTranslation();
  // What was new on arrival stays marked as long as the story is open, though it counts as read at once.
  const [since] = useState(readUntil);
  const [isAdding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), typingPause);
  useNoteRead(hcp, memos, readUntil);
  return (
    <div className={styles.story}>
      <div className={styles.tools}>
        {!isAdding && (
          <Button variant="light" size="md" onClick={() => setAdding(true)}>
            {t("hcp.add_memo")}
          </Button>
        )}
        {memos.length > 0 && (
          <TextInput
            type="search"
            size="md"
            className={styles.search}
            aria-label={t("story.search")}
            placeholder={t("story.search")}
            leftSection={<Icon name="search" size={18} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </div>
      {isAdding && <AddMemo hcp={hcp} close={() => setAdding(false)} />}
      {memos.length === 0 && <EmptyState icon="quote">{t("hcp.story_empty")}</EmptyState>}
      {q === "" ? <Told hcp={hcp} memos={memos} since={since} /> : <Found hcp={hcp} q={q} memos={memos} since={since} />}
    </div>
  );
}

/** Opening the story is reading it, up to the newest memo that stands there. */
function useNoteRead(hcp: string, memos: Memo[], readUntil: string | null) {
  const { mutate } = useMarkStoryRead(hcp);
  const newest = latest(memos);
  const isRead = newest === null || (readUntil !== null && Date.parse(readUntil) >= Date.parse(newest));
  useEffect(() => {
    if (!isRead && newest !== null) mutate(newest);
  }, [isRead, newest, mutate]);
}

interface ToldProps {
  hcp: string;
  memos: Memo[];
  since: string | null;
}

function Told({ hcp, memos, since }: ToldProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const current = standing(memos);
  const fresh = current.filter((memo) => isNew(memo, since, me.id)).length;
  const pinned = current.filter((memo) => memo.pins);
  const rest = current.filter((memo) => !memo.pins);
  const line = (memo: Memo) => <MemoLine key={memo.id} hcp={hcp} memo={memo} memos={memos} since={since} />;
  return (
    <>
      {since !== null && fresh > 0 && (
        <p className={styles.news} role="status">
          {t("story.new_since", { count: fresh, when: formatDay(since, i18n.language, me.zone) })}
        </p>
      )}
      {pinned.length > 0 && (
        <section className={styles.kind} data-kind="pinned">
          <h2>{t("story.pinned")}</h2>
          <ul>
            {pinned.map((memo) => (
              <MemoLine key={memo.id} hcp={hcp} memo={memo} memos={memos} since={since} showKind />
            ))}
          </ul>
        </section>
      )}
      {model.choices("memo", "kind").map((kind) => {
        const ofKind = rest.filter((memo) => memo.kind === kind.code);
        return ofKind.length === 0 ? null : (
          <section key={kind.code} className={styles.kind} data-kind={kind.code}>
            <h2>{model.label(kind)}</h2>
            {kind.code === "resonated" ? <ByEffect memos={ofKind} line={line} /> : <ul>{ofKind.map(line)}</ul>}
          </section>
        );
      })}
    </>
  );
}

/** The words that worked, by what they did. */
function ByEffect({ memos, line }: { memos: Memo[]; line: (memo: Memo) => React.ReactNode }) {
  const { t } = useTranslation();
  const model = useModel();
  const groups = byEffect(memos, model.choices("memo", "effect").map((choice) => choice.code));
  if (groups.length === 1 && groups[0]?.effect === null) return <ul>{memos.map(line)}</ul>;
  return groups.map(({ effect, memos: of }) => (
    <div key={effect ?? ""} className={styles.effect}>
      <h3>{effect === null ? t("story.no_effect") : model.choiceLabel("memo", "effect", effect)}</h3>
      <ul>{of.map(line)}</ul>
    </div>
  ));
}

function Found({ hcp, q, memos, since }: ToldProps & { q: string }) {
  const { t } = useTranslation();
  const found = useQuery(storySearchQuery(hcp, q));
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <CardSkeletons count={2} height={90} />;
  if (found.data.length === 0) return <EmptyState icon="search">{t("story.none_found", { q })}</EmptyState>;
  return (
    <section className={styles.kind} aria-label={t("story.search")}>
      <p className={styles.news} role="status">
        {t("story.found", { count: found.data.length })}
      </p>
      <ul>
        {found.data.map((memo) => (
          <MemoLine key={memo.id} hcp={hcp} memo={memo} memos={memos} since={since} showKind />
        ))}
      </ul>
    </section>
  );
}
