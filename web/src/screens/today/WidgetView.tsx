import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import type { IconName } from "../../ui/icons";
import { Cards, EmptyState, Section } from "../../ui/parts";
import { HcoCard } from "./HcoCard";
import { HcpCard } from "./HcpCard";
import { CountBars } from "./CountBars";
import { TodoCard } from "../../ui/TodoCard";
import { VisitCard } from "./VisitCard";

const firstShown = 5;

const icons: Record<string, IconName> = {
  recommended_visits: "meet",
  temperature_alerts: "thermometer",
  signs_unvisited: "flag",
  promises_due: "promise",
  tasks_due: "task",
  next_visits: "clock",
  temperature_by_mr: "thermometer",
  temperature_after_reassignment: "customers",
  committees_within_month: "building",
};

/** One widget of a dashboard: its title is the administrator's, its cards follow from its object. */
export function WidgetView({ widget }: { widget: Widget }) {
  const isList = widget.form === "list";
  const icon = icons[widget.name] ?? "task";
  return (
    <Section title={widget.label} icon={icon} count={isList ? widget.total : undefined}>
      {widget.items.length + widget.groups.length === 0 ? (
        <Nothing widget={widget} icon={icon} />
      ) : isList ? (
        <WidgetList widget={widget} />
      ) : (
        <CountBars groups={widget.groups} />
      )}
    </Section>
  );
}

const taught = [
  "recommended_visits",
  "temperature_alerts",
  "signs_unvisited",
  "promises_due",
  "tasks_due",
  "next_visits",
] as const;
const taughtTeam = ["temperature_by_mr", "temperature_after_reassignment", "committees_within_month"] as const;

function Nothing({ widget, icon }: { widget: Widget; icon: IconName }) {
  const { t } = useTranslation();
  const mine = taught.find((name) => name === widget.name);
  const team = taughtTeam.find((name) => name === widget.name);
  const text = mine ? t(`today.${mine}_empty`) : team ? t(`team.${team}_empty`) : t("today.widget_empty");
  return <EmptyState icon={icon}>{text}</EmptyState>;
}

function WidgetList({ widget }: { widget: Widget }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const items = all ? widget.items : widget.items.slice(0, firstShown);
  return (
    <>
      <Cards label={widget.label}>
        {items.map((item) => {
          switch (widget.object) {
            case "promise":
              return <TodoCard key={item.id} kind="promise" record={item} showPerson />;
            case "task":
              return <TodoCard key={item.id} kind="task" record={item} showPerson />;
            case "visit":
              return <VisitCard key={item.id} visit={item} />;
            case "hco":
              return <HcoCard key={item.id} hco={item} />;
            default:
              return <HcpCard key={item.id} hcp={item} widget={widget.name} />;
          }
        })}
      </Cards>
      {items.length < widget.items.length && (
        <Button variant="subtle" size="md" onClick={() => setAll(true)}>
          {t("today.show_more", { count: widget.items.length - items.length })}
        </Button>
      )}
    </>
  );
}
