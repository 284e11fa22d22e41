import { startTransition, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { useDashboards } from "../../api/day";
import { useMe } from "../../api/queries";
import { needArea } from "../../i18n";
import { formatLongDay, timeOf, today } from "../../lib/dates";
import { useMediaQuery } from "../../lib/useMediaQuery";
import { lazyPart } from "../../ui/lazyPart";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Brief } from "./Brief";
import styles from "./Today.module.css";
import { WidgetView } from "./WidgetView";

const FiguresMenu = lazyPart(async () => {
  const [{ FiguresMenu: Menu }] = await Promise.all([import("../../ui/FiguresMenu"), needArea("figures")]);
  return Menu;
});

/** What the reader's role does today: the dashboards that the business places here. */
export function Today() {
  const { t } = useTranslation();
  const { offered, widgets, isPending, failed, retry } = useDashboards("today");
  return (
    <>
      <header className={styles.head}>
        <div className={styles.greeting}>
          <div>
            <Greeting board={offered?.length === 1 ? offered[0]?.label : undefined} />
          </div>
          {offered !== undefined && !isPending && widgets.length > 0 && (
            <Suspense fallback={null}>
              <FiguresMenu dashboards={offered} look="sign" />
            </Suspense>
          )}
        </div>
        <Brief widgets={isPending ? null : widgets} />
      </header>
      {failed !== undefined && <ErrorNotice error={failed.error} retry={retry} />}
      {failed === undefined && isPending && <TodaySkeleton />}
      {offered?.length === 0 && (
        <EmptyState icon="today">{t("today.no_dashboard")}</EmptyState>
      )}
      {!isPending && widgets.length > 0 && <Board widgets={widgets} />}
    </>
  );
}

/** The dashboard is named beside the day where it is the only one: as the administrator calls it. */
function Greeting({ board }: { board: string | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const hour = Number(timeOf(Date.now(), me.zone).slice(0, 2));
  const greeting = hour < 11 ? "good_morning" : hour < 18 ? "good_day" : "good_evening";
  return (
    <>
      <p className={styles.date}>{[formatLongDay(today(me.zone), i18n.language), board].filter(Boolean).join(" · ")}</p>
      <h1 className={styles.title}>{t(`today.${greeting}`, { name: me.name })}</h1>
    </>
  );
}

/** Two columns on a wide screen, filled in turn, so that reading order and importance agree. */
function Board({ widgets: all }: { widgets: Widget[] }) {
  const widgets = all.filter(({ quiet, items }) => quiet !== true || items.length > 0);
  const isWide = useMediaQuery("(min-width: 1000px)");
  const columns = isWide ? [0, 1].map((side) => widgets.filter((_, index) => index % 2 === side)) : [widgets];
  const count = useGrowing(widgets.length);
  return (
    <div className={styles.board}>
      {columns.map((column, side) => (
        <div key={side} className={styles.column}>
          {column.slice(0, Math.ceil(count / columns.length)).map((widget) => (
            <div key={widget.name} id={widget.name} className={styles.widget} data-widget={widget.name} data-about={widget.object}>
              <WidgetView widget={widget} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** As many as a screen shows come at once; the others follow one by one, so that each press is answered between them. */
const seenAtOnce = 1;

function useGrowing(all: number): number {
  const [count, setCount] = useState(seenAtOnce);
  useEffect(() => {
    if (count >= all) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + 1)));
    return () => clearTimeout(timer);
  }, [count, all]);
  return count;
}

function TodaySkeleton() {
  return (
    <div className={styles.board}>
      <div className={styles.column}>
        <CardSkeletons count={6} height={132} />
      </div>
      <div className={styles.column}>
        <CardSkeletons count={4} height={132} />
      </div>
    </div>
  );
}
