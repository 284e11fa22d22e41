import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo, Suspense, useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { widgetRestQuery } from "../../api/day";
import type { AnyRecord } from "../../api/shapes";
import { needArea } from "../../i18n";
import { Button, ButtonLink } from "../../ui/Button";
import { iconNames, type IconName } from "../../ui/icons";
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

type Figure = ComponentType<{ widget: Widget }>;

/** Where pictures are rare: they come when one is shown. */
const LaterFigure: Figure = lazyPart(async () => {
  await needArea("figures");
  return (await import("../team/FigureView")).FigureView;
});

const MatterCard = lazyPart(() => import("./MatterCard").then((module) => module.MatterCard));

const RecordCard = lazyPart(() => import("./RecordCard").then((module) => module.RecordCard));

const firstShown = 5;

/** As the business says; what says nothing, or of a picture that the page has not, gets the ordinary one. */
const iconOf = ({ icon }: Widget): IconName => iconNames.find((one) => one === icon) ?? "task";

/** One widget of a dashboard: its title is the administrator's, its cards follow from its object. */
export const WidgetView = memo(function WidgetView({ widget, figure: FigureView = LaterFigure }: { widget: Widget; figure?: Figure }) {
  const { t } = useTranslation();
  const isList = widget.form === "list";
  const icon = iconOf(widget);
  const { link } = widget;
  return (
    <Section
      title={widget.label}
      icon={icon}
      count={isList ? widget.total : undefined}
      hint={widget.help}
      action={link !== undefined && link.at_end !== true ? <ScreenLink {...link} /> : undefined}
    >
      {widget.items.length + widget.groups.length === 0 ? (
        <EmptyState icon={icon}>{widget.empty ?? t("today.widget_empty")}</EmptyState>
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
      {link?.at_end === true && (
        <Link to={link.screen as "/"} className={styles.rule}>
          {link.label}
        </Link>
      )}
    </Section>
  );
});

/** What belongs to the list and has a screen of its own. */
function ScreenLink({ screen, label }: { screen: string; label: string }) {
  return (
    <ButtonLink to={screen as "/"} variant="subtle" size="sm">
      {label}
    </ButtonLink>
  );
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
        <Suspense fallback={<li className={styles.cardToCome} />}>
          <MatterCard object={widget.object} record={item} />
        </Suspense>
      );
    case "hco":
      return <HcoCard hco={item} />;
    case "hcp":
      return <HcpCard hcp={item} widget={widget} />;
    default:
      return (
        <Suspense fallback={<li className={styles.cardToCome} />}>
          <RecordCard widget={widget} record={item} />
        </Suspense>
      );
  }
}
