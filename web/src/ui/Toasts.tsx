import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons";
import styles from "./Toasts.module.css";

export interface Toast {
  text: string;
  tone?: "good" | "bad";
  /** Takes back what the toast tells of. */
  undo?: () => void;
}

interface Shown extends Toast {
  id: number;
}

const ToastContext = createContext<(toast: Toast) => void>(() => {});
const lifetime = 7000;

/** Tells the person what happened, for a while, with a way back where there is one. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: Toast) => {
    next.current += 1;
    const id = next.current;
    setShown((before) => [...before.slice(-2), { ...toast, id }]);
  }, []);
  const dismiss = useCallback((id: number) => setShown((before) => before.filter((toast) => toast.id !== id)), []);
  const list = useMemo(
    () => shown.map((toast) => <ToastLine key={toast.id} toast={toast} dismiss={dismiss} />),
    [shown, dismiss],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.stack} data-screen-only role="status" aria-live="polite" aria-label={t("app.name")}>
        {list}
      </div>
    </ToastContext>
  );
}

function ToastLine({ toast, dismiss }: { toast: Shown; dismiss: (id: number) => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), lifetime);
    return () => clearTimeout(timer);
  }, [toast.id, dismiss]);
  const takeBack = () => {
    toast.undo?.();
    dismiss(toast.id);
  };
  return (
    <div className={styles.toast} data-tone={toast.tone ?? "good"}>
      <span className={styles.text}>{toast.text}</span>
      {toast.undo && (
        <button type="button" className={styles.undo} onClick={takeBack}>
          {t("app.undo")}
        </button>
      )}
      <button type="button" className={styles.close} onClick={() => dismiss(toast.id)} aria-label={t("app.close")}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
