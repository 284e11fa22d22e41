import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { expansionOf } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { listQuery } from "../../api/records";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay, formatTime } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { CardSkeletons, Cards, EmptyState, ErrorNotice, Fact } from "../../ui/parts";
import { PersonCard } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./Team.module.css";

const route = getRouteApi("/app/team/records");

/** The records behind a number: visits with their doctors, others by their titles. */
export function Behind() {
  const { t } = useTranslation();
  const { object = "visit", filter, title } = route.useSearch();
  const list = useInfiniteQuery(
    listQuery(object, {
      filter,
      expand: expansionOf(object),
      limit: 50,
      total: true,
      ...(object === "visit" ? { sort: "-held_at" } : {}),
    }),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={styles.behind}>
      <header className={styles.head}>
        <Link to="/team" className={styles.back} aria-label={t("app.back")}>
          <Icon name="back" size={22} />
        </Link>
        <h1 className={styles.title}>{title ?? t("tasks.behind_number")}</h1>
      </header>
      {list.isPending && <CardSkeletons count={5} height={96} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <EmptyState icon="search">{t("today.widget_empty")}</EmptyState>}
      <Cards>
        {items.map((record) => (
          <RecordCard key={record.id} object={object} record={record} />
        ))}
      </Cards>
      {list.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("today.show_more", { count: (list.data?.pages[0]?.total ?? items.length) - items.length })}
        </Button>
      )}
    </div>
  );
}

function RecordCard({ object, record }: { object: string; record: AnyRecord }) {
  const hcp = expanded(record, "hcp");
  if (object !== "visit" || hcp === null) return <li className={styles.plain}>{record.title}</li>;
  return <VisitLine visit={record} hcp={hcp} />;
}

function VisitLine({ visit, hcp }: { visit: AnyRecord; hcp: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const at = visit["held_at"];
  return (
    <PersonCard hcp={hcp}>
      <p className={styles.facts}>
        {typeof at === "string" && (
          <Fact icon="clock">{`${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`}</Fact>
        )}
        <Fact>{model.choiceLabel("visit", "channel", String(visit["channel"]))}</Fact>
        {typeof visit["temperature"] === "string" && <TemperatureBadge code={visit["temperature"]} />}
      </p>
      <p className={styles.open}>
        <Link to="/visit/$id" params={{ id: visit.id }}>
          {t("timeline.open_visit")}
        </Link>
      </p>
    </PersonCard>
  );
}
