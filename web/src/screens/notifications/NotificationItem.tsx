import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMark, type Notification, type NotificationKind } from "../../api/notifications";
import { useMe, useModel } from "../../api/queries";
import { expanded } from "../../api/shapes";
import { formatTime } from "../../lib/dates";
import { ActionIcon } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Notifications.module.css";
import { useAddress } from "./target";

const icons: Record<NotificationKind, IconName> = {
  task: "task",
  promise: "promise",
  draft: "pen",
  temperature: "thermometer",
  assignment: "customers",
  safety: "flag",
  finding: "lock",
  review: "chat",
  import: "upload",
};

interface NotificationItemProps {
  notification: Notification;
  /** Called when the person goes to its record. */
  onOpen?: (() => void) | undefined;
}

/** One thing that a person was told: what kind, what, by whom, when; the whole of it opens the record. */
export function NotificationItem({ notification, onOpen }: NotificationItemProps) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const model = useModel();
  const address = useAddress()(notification);
  const mark = useMark();
  const isUnread = notification.read_at === null;
  const kind = notification.kind ?? "task";
  const by = expanded(notification, "by")?.title;
  const more = (notification.count ?? 1) - 1;
  const open = () => {
    if (isUnread) mark.mutate({ ids: [notification.id], read: true });
    onOpen?.();
  };
  return (
    <li className={styles.item} data-unread={isUnread || undefined}>
      <span className={styles.icon}>
        <Icon name={icons[kind]} size={20} />
      </span>
      <div className={styles.text}>
        <p className={styles.kind}>
          {isUnread && <span className={styles.unread}>{t("notifications.is_unread")}</span>}
          <span>{model.choiceLabel("notification", "kind", kind)}</span>
          <time dateTime={notification.at ?? undefined}>{formatTime(notification.at ?? "", i18n.language, zone)}</time>
        </p>
        <p className={styles.subject}>
          {address ? (
            <Link to={address} className={styles.link} onClick={open} data-item>
              {notification.subject}
            </Link>
          ) : (
            notification.subject
          )}
        </p>
        {more > 0 && <p className={styles.more}>{t("notifications.and_more", { count: more })}</p>}
        {notification.body && <p className={styles.body}>{notification.body}</p>}
        {by && <p className={styles.body}>{t("notifications.by", { name: by })}</p>}
      </div>
      <MarkButton notification={notification} isUnread={isUnread} />
    </li>
  );
}

function MarkButton({ notification, isUnread }: { notification: Notification; isUnread: boolean }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const mark = useMark();
  const subject = notification.subject ?? "";
  const set = (read: boolean) =>
    mark.mutate(
      { ids: [notification.id], read },
      { onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  const press = () => {
    set(isUnread);
    toast({ text: t(isUnread ? "notifications.marked_read" : "notifications.marked_unread"), undo: () => set(!isUnread) });
  };
  const label = t(isUnread ? "notifications.mark_read_of" : "notifications.mark_unread_of", { subject });
  return (
    <ActionIcon variant="subtle" color="gray" size={44} className={styles.mark} onClick={press} aria-label={label}>
      <Icon name={isUnread ? "check" : "undo"} size={18} />
    </ActionIcon>
  );
}
