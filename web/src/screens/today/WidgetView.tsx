import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { widgetRestQuery } from "../../api/day";
import type { AnyRecord } from "../../api/shapes";
import { needArea } from "../../i18n";
import { Button, ButtonLink } from "../../ui/Button";
import type { IconName } from "../../ui/icons";
import { lazyPart } from "../../ui/lazyPart";
import { CardSkeletons, Cards, EmptyState, Section } from "../../ui/parts";
import { NotNarrowed } from "../../ui/NotNarrowed";
import { TodoCard } from "../../ui/TodoCard";
import { CountBars } from "../../ui/CountBars";
import { SafetyCard } from "../../ui/SafetyCard";
import { HcoCard } from "./HcoCard";
import { HcpCard } from "./HcpCard";
import styles from "./Today.module.css";
import { VisitCard } from "./VisitCard";

const FigureView = lazyPart(async () => {
  await needArea("figures");
  return (await import("../team/FigureView")).FigureView;
});

const MatterCard = lazyPart(() => import("./MatterCard").then((module) => module.MatterCard));

const firstShown = 5;

const icons: Record<string, IconName> = {
  recommended_visits: "meet",
  temperature_alerts: "thermometer",
  early_warning: "info",
  behind_rhythm: "clock",
  signs_unvisited: "flag",
  promises_due: "promise",
  promises_late: "promise",
  tasks_due: "task",
  safety_not_sent: "flag",
  next_visits: "clock",
  drafts: "pen",
  marketing_requests: "flag",
  playbooks_behind: "plan",
  temperature_by_mr: "thermometer",
  temperature_over_time: "thermometer",
  change_after_reassignment: "customers",
  temperature_after_reassignment: "customers",
  committees_within_month: "building",
};

/** One widget of a dashboard: its title is the administrator's, its cards follow from its object. */
export const WidgetView = memo(function WidgetView({ widget }: { widget: Widget }) {
  const { t } = useTranslation();
  const isList = widget.form === "list";
  const icon = icons[widget.name] ?? "task";
  return (
    <Section
      title={widget.label}
      icon={icon}
      count={isList ? widget.total : undefined}
      hint={widget.help}
      action={widget.name === "committees_within_month" ? <BoardLink /> : undefined}
    >
      {widget.items.length + widget.groups.length === 0 ? (
        <Nothing widget={widget} icon={icon} />
      ) : isList ? (
        <WidgetList widget={widget} />
      ) : widget.periods !== undefined || widget.form === "compare" ? (
        <Suspense fallback={<CardSkeletons count={1} height={200} />}>
          <FigureView widget={widget} />
        </Suspense>
      ) : (
        <CountBars object={widget.object} groups={widget.groups} label={widget.label} />
      )}
      <NotNarrowed by={widget.ignoredLabels} />
      {widget.name === "early_warning" && (
        <Link to="/warning" className={styles.rule}>
          {t("warning.rule")}
        </Link>
      )}
    </Section>
  );
});

/** The board that shows these institutions by countdown. */
function BoardLink() {
  const { t } = useTranslation();
  return (
    <ButtonLink to="/committees" variant="subtle" size="sm">
      {t("today.open_committees")}
    </ButtonLink>
  );
}

const taught = [
  "recommended_visits",
  "temperature_alerts",
  "early_warning",
  "behind_rhythm",
  "signs_unvisited",
  "promises_due",
  "promises_late",
  "tasks_due",
  "next_visits",
  "marketing_requests",
  "playbooks_behind",
] as const;
const taughtTeam = ["temperature_by_mr", "temperature_after_reassignment", "committees_within_month"] as const;

function Nothing({ widget, icon }: { widget: Widget; icon: IconName }) {
  const { t } = useTranslation();
  const mine = taught.find((name) => name === widget.name);
  const team = taughtTeam.find((name) => name === widget.name);
  const text = mine ? t(`today.${mine}_empty`) : team ? t(`team.${team}_empty`) : t("today.widget_empty");
  return <EmptyState icon={icon}>{text}</EmptyState>;
}

/** The first few; then all that came with the dashboard; then page after page what the server has besides. */
function WidgetList({ widget }: { widget: Widget }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const rest = useInfiniteQuery({ ...widgetRestQuery(widget), enabled: false });
  const loaded = [...widget.items, ...(rest.data?.pages.flatMap((page) => page.items) ?? [])];
  const items = all ? loaded : loaded.slice(0, firstShown);
  const left = Math.max(widget.total, loaded.length) - items.length;
  const hasNext = rest.data === undefined ? widget.next !== null : rest.hasNextPage;
  const showMore = () => {
    if (!all) return setAll(true);
    void (rest.data === undefined ? rest.refetch() : rest.fetchNextPage());
  };
  return (
    <>
      <Cards label={widget.label}>
        {items.map((item) => (
          <ItemCard key={item.id} widget={widget} item={item} />
        ))}
      </Cards>
      {left > 0 && (!all || hasNext) && (
        <Button variant="subtle" size="md" onClick={showMore} loading={rest.isFetching} data-more>
          {t("today.show_more", { count: left })}
        </Button>
      )}
    </>
  );
}

function ItemCard({ widget, item }: { widget: Widget; item: AnyRecord }) {
  switch (widget.object) {
    case "promise":
    case "task":
      return <TodoCard kind={widget.object} record={item} showPerson showOwner />;
    case "visit":
      return <VisitCard visit={item} />;
    case "safety_report":
      return <SafetyCard report={item} />;
    case "playbook_step":
    case "marketing_request":
      return (
        <Suspense fallback={<li />}>
          <MatterCard object={widget.object} record={item} />
        </Suspense>
      );
    case "hco":
      return <HcoCard hco={item} />;
    default:
      return <HcpCard hcp={item} widget={widget.name} />;
  }
}
