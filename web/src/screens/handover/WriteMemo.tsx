import { Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useWriteMemo, type MemoKind } from "../../api/handover";
import { useModel } from "../../api/queries";
import { randomId } from "../../lib/ids";
import { LintFindings } from "../../lint/LintFindings";
import { Button } from "../../ui/Button";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";

interface WriteMemoProps {
  plan: string;
  handover: string;
  kind: MemoKind;
  /** Called once the memo is kept. */
  saved: () => void;
  close: () => void;
}

/** One memo of one kind, written where the list shows that it is missing. */
export function WriteMemo({ plan, handover, kind, saved, close }: WriteMemoProps) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const write = useWriteMemo(plan);
  const [text, setText] = useState("");
  const [key] = useState(randomId);
  const [checked, setChecked] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (text.trim() === "") return;
    write.mutate(
      { id: handover, key, kind, text: text.trim() },
      {
        onSuccess: () => {
          toast({ text: t("handover.memo_saved") });
          saved();
        },
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <Textarea
        size="md"
        rows={3}
        label={model.choiceLabel("memo", "kind", kind)}
        description={t(`handover.ask_${kind}`)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={checked && text.trim() === "" ? t("hcp.memo_required") : undefined}
        autoFocus
      />
      <LintFindings field="memo.text" text={text} />
      <div className={forms.actions}>
        <Button type="submit" size="md" loading={write.isPending}>
          {t("app.save")}
        </Button>
        <Button variant="default" size="md" onClick={close}>
          {t("app.cancel")}
        </Button>
      </div>
    </form>
  );
}
