import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { unreadCountQuery } from "../api/notifications";
import { meQuery } from "../api/queries";
import { ActionIcon } from "../ui/Button";
import { Icon } from "../ui/icons";
import { lazyPart } from "../ui/lazyPart";
import { CardSkeletons } from "../ui/parts";
import { Popover } from "../ui/Popover";
import styles from "./NotificationBell.module.css";

const NotificationPanel = lazyPart(() => import("../screens/notifications/NotificationPanel").then((module) => module.NotificationPanel));

const mostShown = 99;

/** What was told and is not read yet, at hand on every screen. */
export function NotificationBell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  // The shell stands before it is known who is there.
  const isKnown = client.getQueryData(meQuery.queryKey) !== undefined;
  const count = useQuery({ ...unreadCountQuery, enabled: isKnown }).data ?? 0;
  const label = count === 0 ? t("notifications.title") : t("notifications.bell", { count });
  return (
    <Popover
      label={t("notifications.title")}
      form="wide"
      align="end"
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size={44} className={styles.bell} aria-label={label}>
          <Icon name="bell" size={22} />
          {count > 0 && (
            <span className={styles.count} aria-hidden>
              {count > mostShown ? `${mostShown}+` : count}
            </span>
          )}
        </ActionIcon>
      )}
    >
      {(close) => (
        <Suspense fallback={<CardSkeletons count={3} height={64} />}>
          <NotificationPanel close={close} />
        </Suspense>
      )}
    </Popover>
  );
}
