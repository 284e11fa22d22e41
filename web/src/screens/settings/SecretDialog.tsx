import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import forms from "../../ui/forms.module.css";
import styles from "./Settings.module.css";

interface SecretDialogProps {
  title: string;
  /** That it is shown this once. */
  words: string;
  secret: string;
  close: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** Shows a secret that the server does not tell again. */
export function SecretDialog({ title, words, secret, close, children }: SecretDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} close={close}>
      <div className={forms.form}>
        <p>{words}</p>
        <code className={styles.secret}>{secret}</code>
        <div className={forms.actions}>
          <CopyButton text={secret} />
          {children}
          <Button size="md" onClick={close}>
            {t("settings.token_done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
