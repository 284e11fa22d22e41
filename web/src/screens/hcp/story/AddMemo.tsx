import { Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newKey, useAddMemo } from "../../../api/changes";
import { useModel } from "../../../api/queries";
import type { Memo, NewMemo } from "../../../api/shapes";
import { LintAbout } from "../../../lint/LintAbout";
import { LintFindings } from "../../../lint/LintFindings";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { useErrorText } from "../../../ui/parts";
import { ChooseOne } from "../../../ui/Tiles";
import { useToast } from "../../../ui/Toasts";
import styles from "./Story.module.css";

interface AddMemoProps {
  hcp: string;
  /** The memo that this one puts right: it is of the same kind. */
  corrects?: Memo;
  close: () => void;
}

const none = "";

/** A new memo; also the only way to put right what another one says. */
export function AddMemo({ hcp, corrects, close }: AddMemoProps) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const add = useAddMemo(hcp);
  const [kind, setKind] = useState<string>(corrects?.kind ?? "resonated");
  const [effect, setEffect] = useState<string>(corrects?.effect ?? none);
  const [text, setText] = useState(corrects?.text ?? "");
  const [key] = useState(newKey);
  const [checked, setChecked] = useState(false);
  const isSame = corrects !== undefined && text.trim() === corrects.text;
  const error = text.trim() === "" ? t("hcp.memo_required") : isSame ? t("story.same") : undefined;
  const save = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (error !== undefined) return;
    const memo = {
      key,
      kind: kind as NewMemo["kind"],
      text: text.trim(),
      ...(kind === "resonated" && effect !== none ? { effect: effect as NonNullable<NewMemo["effect"]> } : {}),
      ...(corrects === undefined ? {} : { corrects: corrects.id }),
    };
    add.mutate(memo, {
      onSuccess: () => {
        toast({ text: t(corrects === undefined ? "hcp.memo_saved" : "story.correction_saved") });
        close();
      },
      onError: (problem) => toast({ text: textOf(problem), tone: "bad" }),
    });
  };
  return (
    <form className={`${forms.form} ${styles.add}`} onSubmit={save}>
      {corrects === undefined && (
        <ChooseOne
          legend={t("hcp.memo_kind")}
          name="memo_kind"
          value={kind}
          onChange={setKind}
          options={model.choices("memo", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
        />
      )}
      <Textarea
        size="md"
        rows={3}
        label={t(corrects === undefined ? "hcp.memo_text" : "story.correct_text")}
        description={t(corrects === undefined ? "hcp.story_promise" : "story.correct_promise")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={checked ? error : undefined}
        autoFocus
      />
      <LintAbout value={{ hcp }}>
        <LintFindings field="memo.text" text={text} />
      </LintAbout>
      {kind === "resonated" && (
        <ChooseOne
          legend={model.fieldLabel("memo", "effect")}
          look="chip"
          name="memo_effect"
          value={effect}
          onChange={setEffect}
          options={[
            { value: none, label: t("app.none") },
            ...model.choices("memo", "effect").map((choice) => ({ value: choice.code, label: model.label(choice) })),
          ]}
        />
      )}
      <FormActions busy={add.isPending} cancel={close} />
    </form>
  );
}
