import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { dashboardQuery, useMe } from "../../api/queries";
import { formatLongDay, timeOf, today } from "../../lib/dates";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import styles from "./Today.module.css";
import { WidgetView } from "./WidgetView";

/** Roles whose week is their team's. Whatever the choice here, the server decides what each may see. */
const teamRoles = new Set(["manager", "admin"]);

/** What a field role does today, or how a manager's team stands this week. */
export function Today() {
  const me = useMe();
  const name = teamRoles.has(me.role) ? "manager_weekly" : "mr_daily";
  const dashboard = useQuery(dashboardQuery(name));
  return (
    <>
      <Greeting team={name === "manager_weekly"} />
      {dashboard.isPending && <TodaySkeleton />}
      {dashboard.isError && <ErrorNotice error={dashboard.error} retry={() => void dashboard.refetch()} />}
      {dashboard.isSuccess && (
        <Board widgets={dashboard.data} />
      )}
    </>
  );
}

function Greeting({ team }: { team: boolean }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const hour = Number(timeOf(Date.now(), me.zone).slice(0, 2));
  const greeting = hour < 11 ? "good_morning" : hour < 18 ? "good_day" : "good_evening";
  return (
    <header className={styles.head}>
      <p className={styles.date}>{formatLongDay(today(me.zone), i18n.language)}</p>
      <h1 className={styles.title}>{team ? t("team.title") : t(`today.${greeting}`, { name: me.name })}</h1>
    </header>
  );
}

/** Two columns on a wide screen, filled in turn, so that reading order and importance agree. */
function Board({ widgets }: { widgets: Widget[] }) {
  const isWide = useMediaQuery("(min-width: 1000px)", undefined, { getInitialValueInEffect: false });
  const columns = isWide ? [0, 1].map((side) => widgets.filter((_, index) => index % 2 === side)) : [widgets];
  return (
    <div className={styles.board}>
      {columns.map((column, side) => (
        <div key={side} className={styles.column}>
          {column.map((widget) => (
            <div key={widget.name} data-widget={widget.name}>
              <WidgetView widget={widget} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function TodaySkeleton() {
  return (
    <div className={styles.board}>
      <div className={styles.column}>
        <CardSkeletons count={6} height={116} />
      </div>
      <div className={styles.column}>
        <CardSkeletons count={4} height={96} />
      </div>
    </div>
  );
}
