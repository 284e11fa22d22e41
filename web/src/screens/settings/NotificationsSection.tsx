import { useTranslation } from "react-i18next";
import { useSaveSettings } from "../../api/me";
import { notificationKinds, type NotificationKind } from "../../api/notifications";
import { useMe, useModel } from "../../api/queries";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";

/** Which kinds of things one wants to be told. */
export function NotificationsSection() {
  const { t } = useTranslation();
  const model = useModel();
  const { muted } = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveSettings();
  const set = (kind: NotificationKind, wanted: boolean) => {
    const next = wanted ? muted.filter((one) => one !== kind) : [...muted, kind];
    save.mutate(
      { muted: next },
      {
        onSuccess: () => toast({ text: t("settings.saved"), undo: () => save.mutate({ muted }) }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  };
  return (
    <Setting title={t("settings.notify_title")} help={t("settings.notify_help")}>
      <ul className={styles.list}>
        {notificationKinds.map((kind) => (
          <li key={kind}>
            <label className={styles.row}>
              <span className={styles.about}>
                <span className={styles.name}>{model.choiceLabel("notification", "kind", kind)}</span>
                <span className={styles.facts}>{t(`settings.notify_${kind}` as const)}</span>
              </span>
              <input
                type="checkbox"
                role="switch"
                className={styles.switch}
                checked={!muted.includes(kind)}
                onChange={(event) => set(kind, event.currentTarget.checked)}
              />
            </label>
          </li>
        ))}
      </ul>
    </Setting>
  );
}
