import { NativeSelect } from "@mantine/core";
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
      {!muted.includes("draft") && <DraftMinutes />}
    </Setting>
  );
}

/** From five minutes after the visit to the evening. */
const offered = [5, 10, 15, 30, 60, 120, 240];

/** How long after a visit its unfinished record is reminded of: the company says, or oneself. */
function DraftMinutes() {
  const { t } = useTranslation();
  const { draftMinutes, companyDraftMinutes } = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveSettings();
  const known = draftMinutes === null || offered.includes(draftMinutes) ? offered : [...offered, draftMinutes].sort((a, b) => a - b);
  const company =
    companyDraftMinutes === null ? t("settings.draft_company_none") : t("settings.draft_company", { count: companyDraftMinutes });
  const set = (minutes: number | null) =>
    save.mutate(
      { draft_minutes: minutes },
      {
        onSuccess: () => toast({ text: t("settings.saved"), undo: () => save.mutate({ draft_minutes: draftMinutes }) }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  return (
    <div className={`${styles.narrow} ${styles.after}`}>
      <NativeSelect
        size="md"
        label={t("settings.draft_minutes")}
        value={draftMinutes === null ? "" : String(draftMinutes)}
        onChange={(event) => set(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
        data={[
          { value: "", label: company },
          ...known.map((minutes) => ({ value: String(minutes), label: t("settings.draft_after", { count: minutes }) })),
        ]}
      />
    </div>
  );
}
