import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/changes";
import { useMe, useModel } from "../../../api/queries";
import { expanded, type Memo } from "../../../api/shapes";
import { usePin } from "../../../api/story";
import { formatDay } from "../../../lib/dates";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import { AddMemo } from "./AddMemo";
import styles from "./Story.module.css";
import { correctedBy, isNew } from "./told";

interface MemoLineProps {
  hcp: string;
  memo: Memo;
  /** All that are loaded, for what this one puts right. */
  memos: Memo[];
  since: string | null;
  showKind?: boolean;
}

/** One memo: what it says, what it puts right, and what can be done with it. */
export function MemoLine({ hcp, memo, memos, since, showKind = false }: MemoLineProps) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [isCorrecting, setCorrecting] = useState(false);
  const before = correctedBy(memo, memos);
  return (
    <li className={styles.memo} data-kind={memo.kind}>
      <p>{memo.text}</p>
      <p className={styles.meta}>
        {isNew(memo, since, me.id) && <Badge tone="accent">{t("story.new")}</Badge>}
        {showKind && memo.kind && <Badge>{model.choiceLabel("memo", "kind", memo.kind)}</Badge>}
        {Boolean(memo.corrections) && <Badge tone="warn">{t("story.was_corrected")}</Badge>}
        <Written memo={memo} />
      </p>
      {before.length > 0 && (
        <details className={styles.before}>
          <summary>{t("story.corrects", { count: before.length })}</summary>
          <ul>
            {before.map((one) => (
              <li key={one.id}>
                <del>{one.text}</del>
                <p className={styles.meta}>
                  <Written memo={one} />
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
      {!isCorrecting && !memo.corrections && model.may("memo", "create") && (
        <div className={styles.actions}>
          <PinButton hcp={hcp} memo={memo} />
          <Button variant="subtle" color="gray" size="sm" leftSection={<Icon name="pen" size={16} />} onClick={() => setCorrecting(true)}>
            {t("story.correct")}
          </Button>
        </div>
      )}
      {isCorrecting && <AddMemo hcp={hcp} corrects={memo} close={() => setCorrecting(false)} />}
    </li>
  );
}

function Written({ memo }: { memo: Memo }) {
  const { i18n } = useTranslation();
  const me = useMe();
  return <span>{[memo.at ? formatDay(memo.at, i18n.language, me.zone) : null, expanded(memo, "by")?.title].filter(Boolean).join(" · ")}</span>;
}

function PinButton({ hcp, memo }: { hcp: string; memo: Memo }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const pin = usePin(hcp);
  const isPinned = Boolean(memo.pins);
  if (!model.may("memo_pin", isPinned ? "delete" : "create")) return null;
  const press = () =>
    pin.mutate({ memo: memo.id, pinned: !isPinned, key: newKey() }, { onError: (error) => toast({ text: textOf(error), tone: "bad" }) });
  return (
    <Button variant="subtle" color="gray" size="sm" leftSection={<Icon name="star" size={16} />} onClick={press} loading={pin.isPending} aria-pressed={isPinned}>
      {t(isPinned ? "story.unpin" : "story.pin")}
    </Button>
  );
}
