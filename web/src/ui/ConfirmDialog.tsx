import { TextInput } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import forms from "./forms.module.css";

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ReactNode;
  /** What the button does, by its verb. */
  confirm: string;
  onConfirm: () => void;
  close: () => void;
  /** The step cannot be taken back, or takes much away. */
  danger?: boolean;
  /** What has to be typed first, where a slip of the hand would cost too much. */
  phrase?: string;
  pending?: boolean;
}

/** Asks before a step that undo does not reach. Anything that can be undone needs no question. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, onConfirm, close, danger = false, phrase, pending = false } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const allowed = phrase === undefined || typed.trim() === phrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (allowed && !pending) onConfirm();
  };
  return (
    <Dialog title={title} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <div>{children}</div>
        {phrase !== undefined && (
          <TextInput
            size="md"
            label={t("ui.type_phrase", { phrase })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <div className={forms.actions}>
          <Button type="submit" size="md" data-danger={danger || undefined} className={forms.confirm} disabled={!allowed} loading={pending}>
            {confirm}
          </Button>
          <Button variant="default" size="md" onClick={close}>
            {t("app.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
