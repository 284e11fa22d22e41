import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { timelineOf } from "../../api/day";
import { useMe } from "../../api/queries";
import type { TimelineEntry } from "../../api/shapes";
import { dayOf, formatDay, type Day } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import { Entry, type People } from "./TimelineEntry";
import styles from "./Timeline.module.css";

/** What a reader looks for, and the kinds of records that tell it. */
const kinds = {
  visits: ["visit"],
  promises: ["promise", "task"],
  temperature: ["temperature_reading", "sign"],
  memos: ["memo"],
  handovers: ["handover"],
} as const;

type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];

interface TimelineProps {
  object: "hcp" | "hco";
  id: string;
  /** A kind's name; anything else shows all. */
  show: string | undefined;
  choose: (kind: string | undefined) => void;
}

/** Everything that happened, over all channels, newest first; or one kind of it. */
export function Timeline({ object, id, show, choose }: TimelineProps) {
  const { t } = useTranslation();
  const kind = names.find((name) => name === show);
  const timeline = useInfiniteQuery(timelineOf(object, id, kind === undefined ? [] : [...kinds[kind]]));
  const options = [
    { value: "", label: t("timeline.all") },
    ...names.map((name) => ({ value: name, label: t(`timeline.${name}`) })),
  ];
  return (
    <div className={styles.timeline}>
      <div className={styles.filter}>
        <ChooseOne
          legend={t("timeline.filter")}
          hiddenLegend
          name="timeline_kind"
          value={kind ?? ""}
          onChange={(value) => choose(value === "" ? undefined : value)}
          options={options}
        />
      </div>
      {timeline.isPending && <CardSkeletons count={8} height={96} />}
      {timeline.isError && <ErrorNotice error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.isSuccess && (
        <Line
          entries={timeline.data.pages.flatMap((page) => page.items)}
          people={Object.assign({}, ...timeline.data.pages.map((page) => page.people)) as People}
          empty={t(kind === undefined ? "hcp.timeline_empty" : "timeline.none")}
          more={timeline.hasNextPage ? () => void timeline.fetchNextPage() : null}
          loading={timeline.isFetchingNextPage}
        />
      )}
    </div>
  );
}

interface LineProps {
  entries: TimelineEntry[];
  people: People;
  empty: string;
  more: (() => void) | null;
  loading: boolean;
}

function Line({ entries, people, empty, more, loading }: LineProps) {
  const { t } = useTranslation();
  if (entries.length === 0) return <EmptyState icon="quote">{empty}</EmptyState>;
  return (
    <div>
      <Days entries={entries} people={people} />
      {more !== null ? (
        <Button variant="default" size="md" fullWidth onClick={more} loading={loading}>
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
