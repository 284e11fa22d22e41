import { NativeSelect } from "@mantine/core";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { useSaveDigest, type MailPlan } from "../../api/mail";
import { notificationKinds, type NotificationKind } from "../../api/notifications";
import { useModel } from "../../api/queries";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { hours, useHours } from "./hours";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";

/** What the digest tells besides the notifications of a kind. */
const facts: Partial<Record<NotificationKind, ParseKeys>> = {
  task: "mail.digest_task",
  promise: "mail.digest_promise",
  temperature: "mail.digest_temperature",
  assignment: "mail.digest_assignment",
  import: "mail.digest_import",
};

/** What a daily mail tells of, one mail a day however much there is. */
export function DigestSetting({ plan }: { plan: MailPlan }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = useHours();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveDigest();
  const { hour } = plan.digest;
  const kinds = plan.digest.kinds as NotificationKind[];
  const keep = (next: { kinds: NotificationKind[]; hour: number }) =>
    save.mutate(next, {
      onSuccess: () => toast({ text: t("settings.saved"), undo: () => save.mutate({ kinds, hour }) }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  const set = (kind: NotificationKind, wanted: boolean) => keep({ kinds: wanted ? [...kinds, kind] : kinds.filter((one) => one !== kind), hour });
  return (
    <Setting title={t("mail.digest")} help={t("mail.digest_help")}>
      <ul className={styles.list}>
        {notificationKinds.map((kind) => (
          <li key={kind}>
            <label className={styles.row}>
              <span className={styles.about}>
                <span className={styles.name}>{model.choiceLabel("notification", "kind", kind)}</span>
                {facts[kind] && <span className={styles.facts}>{t(facts[kind])}</span>}
              </span>
              <input
                type="checkbox"
                role="switch"
                className={styles.switch}
                checked={kinds.includes(kind)}
                onChange={(event) => set(kind, event.currentTarget.checked)}
              />
            </label>
          </li>
        ))}
      </ul>
      {kinds.length > 0 && (
        <div className={styles.narrow}>
          <NativeSelect
            size="md"
            label={t("mail.digest_hour")}
            value={String(hour)}
            onChange={(event) => keep({ kinds, hour: Number(event.currentTarget.value) })}
            data={hours.map((one) => ({ value: String(one), label: words.hour(one) }))}
          />
        </div>
      )}
    </Setting>
  );
}
