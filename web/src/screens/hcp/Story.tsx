import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newKey, useAddMemo } from "../../api/changes";
import { memosQuery, useMe, useModel } from "../../api/queries";
import { expanded, type Memo, type NewMemo } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { FormActions } from "../../ui/FormActions";
import { Button } from "../../ui/Button";
import forms from "../../ui/forms.module.css";
import { CardSkeletons, EmptyState, ErrorNotice, useErrorText } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import { useToast } from "../../ui/Toasts";
import styles from "./Story.module.css";

/** The story of the relationship, by kind; written on, never rewritten. */
export function Story({ hcp }: { hcp: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const memos = useQuery(memosQuery(hcp));
  const kinds = model.choices("memo", "kind");
  return (
    <div className={styles.story}>
      <AddMemo hcp={hcp} />
      {memos.isPending && <CardSkeletons count={3} height={110} />}
      {memos.isError && <ErrorNotice error={memos.error} retry={() => void memos.refetch()} />}
      {memos.data?.items.length === 0 && <EmptyState icon="quote">{t("hcp.story_empty")}</EmptyState>}
      {kinds.map((kind) => {
        const ofKind = memos.data?.items.filter((memo) => memo.kind === kind.code) ?? [];
        return ofKind.length === 0 ? null : (
          <section key={kind.code} className={styles.kind} data-kind={kind.code}>
            <h2>{model.label(kind)}</h2>
            <ul>
              {ofKind.map((memo) => (
                <MemoLine key={memo.id} memo={memo} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function MemoLine({ memo }: { memo: Memo }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const by = expanded(memo, "by")?.title;
  return (
    <li className={styles.memo}>
      <p>{memo.text}</p>
      <p className={styles.meta}>
        {[memo.at ? formatDay(memo.at, i18n.language, me.zone) : null, by].filter(Boolean).join(" · ")}
      </p>
    </li>
  );
}

function AddMemo({ hcp }: { hcp: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const add = useAddMemo(hcp);
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState("resonated");
  const [text, setText] = useState("");
  const [key, setKey] = useState(newKey);
  const [checked, setChecked] = useState(false);
  if (!open) {
    return (
      <div>
        <Button variant="light" size="md" onClick={() => setOpen(true)}>
          {t("hcp.add_memo")}
        </Button>
      </div>
    );
  }
  const done = () => {
    toast({ text: t("hcp.memo_saved") });
    setOpen(false);
    setText("");
    setChecked(false);
    setKey(newKey());
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (text.trim() === "") return;
    add.mutate(
      { key, kind: kind as NewMemo["kind"], text: text.trim() },
      { onSuccess: done, onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  };
  return (
    <form className={`${forms.form} ${styles.add}`} onSubmit={save}>
      <ChooseOne
        legend={t("hcp.memo_kind")}
        name="memo_kind"
        value={kind}
        onChange={setKind}
        options={model.choices("memo", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
      />
      <Textarea
        size="md"
        rows={3}
        label={t("hcp.memo_text")}
        description={t("hcp.story_promise")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={checked && text.trim() === "" ? t("hcp.memo_required") : undefined}
        autoFocus
      />
      <FormActions busy={add.isPending} cancel={() => setOpen(false)} />
    </form>
  );
}
