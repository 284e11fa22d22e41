import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notificationsQuery, unreadCountQuery } from "../../api/notifications";
import { Button } from "../../ui/Button";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { NotificationDays } from "./NotificationDays";
import styles from "./Notifications.module.css";
import { useMarkAllRead } from "./useMarkAllRead";

/** Everything that the person was told, under its days. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const { show } = useSearch({ from: "/app/notifications" });
  const which = show ?? "all";
  const list = useInfiniteQuery(notificationsQuery(which));
  const unread = useQuery(unreadCountQuery).data ?? 0;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const markAll = useMarkAllRead(items[0]);
  const tabs = [
    { label: t("notifications.all"), link: { to: "/notifications" as const, search: {} }, current: which === "all" },
    {
      label: t("notifications.unread"),
      link: { to: "/notifications" as const, search: { show: "unread" as const } },
      current: which === "unread",
      count: unread,
    },
  ];
  const actions = (
    <Button variant="default" size="md" onClick={markAll} disabled={unread === 0 || items.length === 0}>
      {t("notifications.mark_all")}
    </Button>
  );
  return (
    <Page title={t("notifications.title")} hint={t("notifications.hint")} actions={actions} width="text">
      <Tabs label={t("notifications.which")} tabs={tabs} />
      {list.isPending && <CardSkeletons count={5} height={76} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <NothingHere which={which} />}
      <NotificationDays notifications={items} />
      {list.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </Page>
  );
}

export function NothingHere({ which }: { which: "all" | "unread" }) {
  const { t } = useTranslation();
  if (which === "unread") return <EmptyState icon="check" title={t("notifications.none_unread")}>{t("notifications.none_unread_help")}</EmptyState>;
  const action = (
    <Link to="/settings/notifications" className={styles.choose}>
      {t("notifications.choose")}
    </Link>
  );
  return (
    <EmptyState icon="bell" title={t("notifications.none")} action={action}>
      {t("notifications.none_help")}
    </EmptyState>
  );
}
