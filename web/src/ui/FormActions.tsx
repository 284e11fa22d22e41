import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import forms from "./forms.module.css";

interface FormActionsProps {
  /** The form is on its way to the server. */
  busy: boolean;
  /** It cannot be sent yet. */
  disabled?: boolean;
  cancel: () => void;
  /** What the form does, where that is more than saving. */
  submit?: string;
  /** What leaving does, where that is more than going back. */
  cancelLabel?: string;
  /** What else can be done here. */
  children?: ReactNode;
}

/** The end of every form: what sends it, and the way back. */
export function FormActions({ busy, disabled, cancel, submit, cancelLabel, children }: FormActionsProps) {
  const { t } = useTranslation();
  return (
    <div className={forms.actions}>
      <Button type="submit" size="md" loading={busy} disabled={disabled}>
        {submit ?? t("app.save")}
      </Button>
      <Button variant="default" size="md" onClick={cancel}>
        {cancelLabel ?? t("app.cancel")}
      </Button>
      {children}
    </div>
  );
}
