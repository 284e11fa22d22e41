import { Alert, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useTouch } from "../../api/day";
import { useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { Dialog } from "../../ui/Dialog";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";

interface AnswerDialogProps {
  topic: AnyRecord;
  close: () => void;
}

/** What was answered, in the words that were used: with it the topic counts as answered. */
export function AnswerDialog({ topic, close }: AnswerDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const textOf = useErrorText();
  const touch = useTouch();
  const [text, setText] = useState(typeof topic["answer"] === "string" ? topic["answer"] : "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    const change = said === "" ? { answer: null } : { answer: said, state: "answered" };
    touch.mutate({ object: "topic", id: topic.id, change }, { onSuccess: close });
  };
  return (
    <Dialog title={t("visit.answer_add")} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {touch.error !== null && <Alert role="alert">{textOf(touch.error)}</Alert>}
        <p>{String(topic["text"] ?? "")}</p>
        <Textarea
          size="md"
          autosize
          minRows={3}
          maxLength={4000}
          label={model.fieldLabel("topic", "answer")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoFocus
          data-autofocus
        />
        <FormActions busy={touch.isPending} cancel={close} />
      </form>
    </Dialog>
  );
}
