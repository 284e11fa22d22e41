import { useTranslation } from "react-i18next";
import type { Notification } from "../../api/notifications";
import { useMe } from "../../api/queries";
import { dayOf, daysBetween, formatDay, relativeDay, today, type Day } from "../../lib/dates";
import { NotificationItem } from "./NotificationItem";
import styles from "./Notifications.module.css";

/** Newest first, under the day on which each was told. */
export function byDay(notifications: Notification[], zone: string): [Day, Notification[]][] {
  const days = new Map<Day, Notification[]>();
  for (const one of notifications) {
    const day = dayOf(one.at ?? one.created_at ?? "", zone);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}

interface NotificationDaysProps {
  notifications: Notification[];
  onOpen?: () => void;
}

export function NotificationDays({ notifications, onOpen }: NotificationDaysProps) {
  const { zone } = useMe();
  return (
    <>
      {byDay(notifications, zone).map(([day, items]) => (
        <section key={day} className={styles.day}>
          <DayTitle day={day} />
          <ul className={styles.list}>
            {items.map((one) => (
              <NotificationItem key={one.id} notification={one} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function DayTitle({ day }: { day: Day }) {
  const { i18n } = useTranslation();
  const { zone } = useMe();
  const isNear = daysBetween(day, today(zone)) < 2;
  return (
    <h2 className={styles.dayTitle}>
      {isNear ? relativeDay(day, i18n.language, zone) : formatDay(day, i18n.language, zone)}
    </h2>
  );
}
