import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { is } from "../../api/day";
import { plansQuery, underWay } from "../../api/handover";
import { useMe, useModel } from "../../api/queries";
import type { Condition } from "../../api/records";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay, today } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/icons";
import { Badge } from "../../ui/marks";
import { Meter } from "../../ui/Meter";
import { Page } from "../../ui/Page";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Fact, Section } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import styles from "./Handover.module.css";
import { figuresOf, lateParts } from "./plan";
import { StartFromPerson } from "./StartFromPerson";

const route = getRouteApi("/app/handover");

/** The handovers one has a part in, and for those who lead all of them: what is late stands first. */
export function Handovers() {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const { state } = route.useSearch();
  const leads = model.may("handover_plan", "create");
  const [isStarting, setStarting] = useState(false);
  const mine = (field: string): Condition => is(field, me.id);
  return (
    <Page
      title={t("nav.handover")}
      hint={t("handover.hint")}
      actions={
        leads && (
          <Button size="md" leftSection={<Icon name="plus" size={18} />} onClick={() => setStarting(true)}>
            {t("handover.start")}
          </Button>
        )
      }
    >
      <Tabs
        label={t("handover.which")}
        tabs={[
          { label: t("handover.open"), current: state === undefined, link: { to: "/handover", search: {} } },
          { label: t("handover.ended"), current: state === "ended", link: { to: "/handover", search: { state: "ended" } } },
        ]}
      />
      {state === "ended" ? (
        <Plans title={t("handover.ended")} icon="check" filter={{ "!": [is("state", "open")] }} empty={t("handover.none_ended")} />
      ) : (
        <>
          {!leads && <Plans title={t("handover.i_give")} icon="pen" filter={underWay(mine("from_user"))} empty={t("handover.none_give")} />}
          {!leads && <Plans title={t("handover.i_take")} icon="quote" filter={underWay(mine("to_user"))} empty={t("handover.none_take")} />}
          {leads && <Plans title={t("handover.all_open")} icon="customers" filter={underWay()} empty={t("handover.none_open")} />}
        </>
      )}
      {isStarting && <StartFromPerson close={() => setStarting(false)} />}
    </Page>
  );
}

interface PlansProps {
  title: string;
  icon: IconName;
  filter: Condition | undefined;
  empty: string;
}

function Plans({ title, icon, filter, empty }: PlansProps) {
  const me = useMe();
  const plans = useQuery(plansQuery(filter));
  const items = plans.data?.items ?? [];
  const now = today(me.zone);
  const lateFirst = [...items].sort((a, b) => lateParts(b, now).length - lateParts(a, now).length);
  return (
    <Section title={title} icon={icon} count={items.length}>
      {plans.isPending && <CardSkeletons count={2} height={112} />}
      {plans.isError && <ErrorNotice error={plans.error} retry={() => void plans.refetch()} />}
      {plans.isSuccess && items.length === 0 && <EmptyState icon={icon}>{empty}</EmptyState>}
      <Cards label={title}>
        {lateFirst.map((plan) => (
          <PlanCard key={plan.id} plan={plan} />
        ))}
      </Cards>
    </Section>
  );
}

function PlanCard({ plan }: { plan: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const { doctors, written, read } = figuresOf(plan);
  const day = (name: string) => (typeof plan[name] === "string" ? formatDay(plan[name], i18n.language, me.zone) : null);
  const isOpen = plan["state"] === "open";
  return (
    <li className={styles.card}>
      <Link to="/handover/$plan" params={{ plan: plan.id }} className={styles.cardName} data-item>
        {expanded(plan, "from_user")?.title ?? "–"}
        <Icon name="right" size={16} />
        {expanded(plan, "to_user")?.title ?? "–"}
      </Link>
      <p className={styles.facts}>
        <Fact icon="customers">{t("handover.doctors", { count: doctors })}</Fact>
        {day("effective_on") && <Fact icon="plan">{t("handover.changes_on", { when: day("effective_on") })}</Fact>}
        {isOpen && day("due_on") && <Fact icon="clock">{t("handover.memos_until", { when: day("due_on") })}</Fact>}
        {!isOpen && <Badge>{model.choiceLabel("handover_plan", "state", String(plan["state"]))}</Badge>}
      </p>
      <LateParts plan={plan} />
      <div className={styles.bars}>
        <Share label={t("handover.written")} value={written} of={doctors} />
        <Share label={t("handover.read")} value={read} of={doctors} />
      </div>
    </li>
  );
}

/** What is overdue: the daily run tells the managers of the two. */
export function LateParts({ plan }: { plan: AnyRecord }) {
  const { t } = useTranslation();
  const me = useMe();
  const late = lateParts(plan, today(me.zone));
  if (late.length === 0) return null;
  return (
    <p className={styles.facts}>
      {late.map((part) => (
        <Badge key={part} tone="danger" icon="warning">
          {t(`handover.late_${part}`)}
        </Badge>
      ))}
    </p>
  );
}

/** How many of all, as words and as a bar. */
export function Share({ label, value, of }: { label: string; value: number; of: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.share}>
      <p className={styles.shareHead}>
        <span>{label}</span>
        <span className={styles.number}>{t("handover.of", { value, of })}</span>
      </p>
      <Meter tone="good" value={value} max={of} aria-label={label} />
    </div>
  );
}
