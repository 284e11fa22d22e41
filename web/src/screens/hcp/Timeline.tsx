import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { timelineQuery, useMe } from "../../api/queries";
import type { Hcp, TimelineEntry } from "../../api/shapes";
import { dayOf, formatDay, type Day } from "../../lib/dates";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Entry, type People } from "./TimelineEntry";
import styles from "./Timeline.module.css";

/** Everything that happened with this doctor, over all channels, newest first. */
export function Timeline({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const timeline = useInfiniteQuery(timelineQuery(hcp.id));
  if (timeline.isPending) return <CardSkeletons count={4} height={96} />;
  if (timeline.isError) return <ErrorNotice error={timeline.error} retry={() => void timeline.refetch()} />;
  const entries = timeline.data.pages.flatMap((page) => page.items);
  const people: People = Object.assign({}, ...timeline.data.pages.map((page) => page.people));
  if (entries.length === 0) return <EmptyState icon="quote">{t("hcp.timeline_empty")}</EmptyState>;
  return (
    <div>
      <Days entries={entries} people={people} />
      {timeline.hasNextPage ? (
        <Button
          variant="default"
          size="md"
          fullWidth
          onClick={() => void timeline.fetchNextPage()}
          loading={timeline.isFetchingNextPage}
        >
          {t("app.more")}
        </Button>
      ) : (
        <p className={styles.end}>{t("hcp.timeline_end")}</p>
      )}
    </div>
  );
}

function Days({ entries, people }: { entries: TimelineEntry[]; people: People }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const days = byDay(entries, me.zone);
  return (
    <ol className={styles.days}>
      {days.map(([day, ofDay]) => (
        <li key={day}>
          <h3 className={styles.day}>
            <time dateTime={day}>{formatDay(day, i18n.language, me.zone)}</time>
          </h3>
          <ul className={styles.entries}>
            {ofDay.map((entry) => (
              <Entry key={`${entry.object}/${entry.id}`} entry={entry} people={people} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function byDay(entries: TimelineEntry[], zone: string): [Day, TimelineEntry[]][] {
  const days = new Map<Day, TimelineEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at, zone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
