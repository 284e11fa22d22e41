import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { is } from "../../api/day";
import { doctorsQuery, notRead, readingSize, type HandoverDoctor } from "../../api/handover";
import { useMe, useModel } from "../../api/queries";
import { recordQuery, type Condition } from "../../api/records";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Badge } from "../../ui/marks";
import { BackLink, Page } from "../../ui/Page";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Fact, Section } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { DoctorCard } from "./DoctorCard";
import { EndPlan } from "./EndPlan";
import { FirstVisits } from "./FirstVisits";
import styles from "./Handover.module.css";
import { LateParts, Share } from "./Handovers";
import { figuresOf } from "./plan";
import { planShows, type PlanShow } from "./routes";

const route = getRouteApi("/app/handover/$plan");

/** One handover: what its predecessor must still write, and what its successor has read, doctor by doctor. */
export function PlanPage() {
  const { plan: id } = route.useParams();
  const plan = useQuery(recordQuery("handover_plan", id, ["from_user", "to_user"]));
  if (plan.isPending) return <CardSkeletons count={4} height={120} />;
  if (plan.isError) return <Failed query={plan} />;
  return <Loaded plan={plan.data} />;
}

/** A plan that is not there, or that one may not see. */
function Failed({ query }: { query: { error: unknown; refetch: () => unknown } }) {
  const { t } = useTranslation();
  return (
    <Page title={t("nav.handover")} back={<BackLink to="/handover">{t("nav.handover")}</BackLink>}>
      <ErrorNotice error={query.error} retry={() => void query.refetch()} />
    </Page>
  );
}

/** Which part in the plan the reader has. */
export type Part = "predecessor" | "successor" | "other";

function partOf(plan: AnyRecord, me: string): Part {
  if (plan["from_user"] === me) return "predecessor";
  return plan["to_user"] === me ? "successor" : "other";
}

function Loaded({ plan }: { plan: AnyRecord }) {
  const { t } = useTranslation();
  const me = useMe();
  const { show = "all" } = route.useSearch();
  const part = partOf(plan, me.id);
  const names = { from: expanded(plan, "from_user")?.title ?? "–", to: expanded(plan, "to_user")?.title ?? "–" };
  return (
    <Page
      title={t("handover.from_to", names)}
      back={<BackLink to="/handover">{t("nav.handover")}</BackLink>}
      hint={t(`handover.part_${part}`, names)}
      actions={<EndPlan plan={plan} />}
    >
      <Progress plan={plan} />
      {part === "successor" && <FirstVisits />}
      <Tabs
        label={t("handover.which_doctors")}
        tabs={planShows.map((one) => ({
          label: t(`handover.show_${one}`),
          current: one === show,
          link: { to: "/handover/$plan", params: { plan: plan.id }, search: one === "all" ? {} : { show: one } },
        }))}
      />
      <Doctors plan={plan} part={part} show={show} />
    </Page>
  );
}

/** How far it has come, and what keeps the departure from being complete. */
function Progress({ plan }: { plan: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const { doctors, written, read } = figuresOf(plan);
  const isOpen = plan["state"] === "open";
  const doctorsOf = useInfiniteQuery(doctorsQuery(plan.id));
  const missing = doctorsOf.data?.pages[0]?.tier_a_missing ?? 0;
  const day = (name: string) => (typeof plan[name] === "string" ? formatDay(plan[name], i18n.language, me.zone) : null);
  return (
    <div className={styles.progressCard}>
      <p className={styles.facts}>
        <Badge tone={isOpen ? "info" : "good"}>{model.choiceLabel("handover_plan", "state", String(plan["state"]))}</Badge>
        {day("effective_on") && <Fact icon="plan">{t("handover.changes_on", { when: day("effective_on") })}</Fact>}
        {day("due_on") && <Fact icon="clock">{t("handover.memos_until", { when: day("due_on") })}</Fact>}
        {typeof plan["promises"] === "string" && (
          <Fact icon="promise">
            {t("handover.promises_pass", { how: model.choiceLabel("handover_plan", "promises", plan["promises"]) })}
          </Fact>
        )}
      </p>
      <LateParts plan={plan} />
      <div className={styles.bars}>
        <Share label={t("handover.written")} value={written} of={doctors} />
        <Share label={t("handover.read")} value={read} of={doctors} />
      </div>
      {isOpen && missing > 0 && (
        <p className={styles.notYet}>
          <Badge tone="warn" icon="warning">
            {t("handover.tier_a_missing", { count: missing })}
          </Badge>
          {t("handover.tier_a_rule")}
        </p>
      )}
    </div>
  );
}

const conditions: Record<PlanShow, Condition | undefined> = {
  all: undefined,
  missing: { "!": [is("memo_complete", true as never)] },
  unread: notRead,
};

function Doctors({ plan, part, show }: { plan: AnyRecord; part: Part; show: PlanShow }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(doctorsQuery(plan.id, conditions[show]));
  const pages = list.data?.pages ?? [];
  if (list.isPending) return <CardSkeletons count={6} height={96} />;
  if (list.isError) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  if (pages[0]?.items.length === 0) return <EmptyState icon="check">{t(`handover.none_${show}`)}</EmptyState>;
  return (
    <>
      {pages.map((page, index) => (
        <Section key={index} title={show === "all" ? t("handover.range", rangeOf(page.items)) : t(`handover.show_${show}`)} hint={part === "successor" ? t("handover.fifty", { count: readingSize }) : undefined}>
          <Cards>
            {page.items.map((doctor) => (
              <DoctorCard key={doctor.id} plan={plan} doctor={doctor} part={part} />
            ))}
          </Cards>
        </Section>
      ))}
      {list.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("handover.next_doctors", { count: readingSize })}
        </Button>
      )}
    </>
  );
}

const rangeOf = (items: HandoverDoctor[]) => {
  const first = items[0]?.position ?? 1;
  return { first, last: items.at(-1)?.position ?? first };
};
