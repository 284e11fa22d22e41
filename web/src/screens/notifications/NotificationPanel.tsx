import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notificationsQuery, unreadCountQuery } from "../../api/notifications";
import { Button } from "../../ui/Button";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { NotificationDays } from "./NotificationDays";
import { NothingHere } from "./NotificationsPage";
import styles from "./Notifications.module.css";
import { useMarkAllRead } from "./useMarkAllRead";

const shownAtMost = 15;

/** The newest, beside the bell. */
export function NotificationPanel({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(notificationsQuery("all"));
  const unread = useQuery(unreadCountQuery).data ?? 0;
  const items = (list.data?.pages[0]?.items ?? []).slice(0, shownAtMost);
  const markAll = useMarkAllRead(items[0]);
  return (
    <div className={styles.panel}>
      <header className={styles.panelHead}>
        <h2>{t("notifications.title")}</h2>
        <Button variant="subtle" size="sm" onClick={markAll} disabled={unread === 0 || items.length === 0}>
          {t("notifications.mark_all")}
        </Button>
      </header>
      {list.isPending && <CardSkeletons count={3} height={64} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <NothingHere which="all" />}
      <NotificationDays notifications={items} onOpen={close} />
      <Link to="/notifications" className={styles.choose} onClick={close}>
        {t("notifications.show_all")}
      </Link>
    </div>
  );
}
