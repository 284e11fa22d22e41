import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { is, shortListQuery } from "../../api/day";
import { useModel } from "../../api/queries";
import { ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { SafetyCard } from "../../ui/SafetyCard";
import { Tabs } from "../../ui/Tabs";

const route = getRouteApi("/app/safety");

/** The states that wait for somebody, each by the time that counts there. */
const waiting = [
  { state: "draft", sort: "company_due_at", icon: "flag" },
  { state: "submitted", sort: "company_due_at", icon: "upload" },
  { state: "received", sort: "regulator_due_at", icon: "check" },
] as const;

const most = 200;

/** Safety reports by what is left of their time: to be sent, to be acknowledged, on their way to the authority. */
export function Safety() {
  const { t } = useTranslation();
  const model = useModel();
  const closed = route.useSearch().which === "closed";
  return (
    <Page
      title={t("safety.title")}
      hint={t("safety.hint")}
      actions={
        model.may("safety_report", "create") && (
          <ButtonLink to="/safety/new" size="md" leftSection={<Icon name="plus" size={18} />}>
            {t("safety.new")}
          </ButtonLink>
        )
      }
    >
      <Tabs
        label={t("safety.which")}
        tabs={[false, true].map((one) => ({
          label: t(one ? "safety.which_closed" : "safety.which_open"),
          link: { to: "/safety", search: { which: one ? "closed" : undefined } },
          current: one === closed,
        }))}
      />
      {closed ? <Reports state="closed" sort="-aware_at" /> : <Waiting />}
    </Page>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return waiting.map(({ state, sort, icon }) => (
    <Section key={state} title={t(`safety.state_${state}`)} hint={t(`safety.hint_${state}`)} icon={icon}>
      <Reports state={state} sort={sort} />
    </Section>
  ));
}

function Reports({ state, sort }: { state: "draft" | "submitted" | "received" | "closed"; sort: string }) {
  const { t } = useTranslation();
  const list = useQuery(
    shortListQuery("safety_report", { filter: is("state", state), sort, expand: ["product", "owner"], limit: most }),
  );
  if (list.isPending) return <CardSkeletons count={2} height={96} />;
  if (list.isError) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <EmptyState icon="check">{t(`safety.empty_${state}`)}</EmptyState>;
  return (
    <Cards label={t(`safety.state_${state}`)}>
      {list.data.items.map((report) => (
        <SafetyCard key={report.id} report={report} />
      ))}
    </Cards>
  );
}
