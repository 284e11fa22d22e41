import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ActionIcon } from "./Button";
import styles from "./Dialog.module.css";
import { Icon } from "./icons";

interface DialogProps {
  title: string;
  close: () => void;
  /** `panel` stands at the side of a desk's screen and fills a phone's; `box` stands in the middle. */
  form?: "box" | "panel";
  /** Buttons, at the end. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * A question or a tool in front of the screen: the browser's own <dialog>, which keeps the focus inside,
 * closes with Escape and gives the focus back. It is open as long as it is rendered. The focus begins at the field
 * that has `data-autofocus`: `autoFocus` asks before the dialog is open, and is not heard.
 */
export function Dialog({ title, close, form = "box", actions, children }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const label = useId();
  // Before it leaves the page: only a dialog that is closed there gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The browser would begin at the cross: whoever opens a form to write in it begins there.
    shown?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-form={form}
      aria-labelledby={label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // A press on what lies behind falls on the dialog itself, not on what it holds.
      onPointerDown={(event) => event.target === dialog.current && close()}
    >
      <div className={styles.body}>
        <header className={styles.head}>
          <h2 id={label}>{title}</h2>
          <ActionIcon variant="subtle" color="gray" size={44} onClick={close} aria-label={t("app.close")}>
            <Icon name="close" />
          </ActionIcon>
        </header>
        <div className={styles.content}>{children}</div>
        {actions && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}
