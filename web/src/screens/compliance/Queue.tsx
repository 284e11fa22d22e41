import { useQueries, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queueCountQuery, queueQuery } from "../../api/lint";
import { useModel } from "../../api/queries";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { FindingCard } from "./FindingCard";
import styles from "./Compliance.module.css";
import { queueStates } from "./routes";

const here = getRouteApi("/app/compliance");

/** What was found in saved records and waits for a decision, the oldest first. */
export function Queue() {
  const { t } = useTranslation();
  const model = useModel();
  const { route: asked, state = "open" } = here.useSearch();
  const routes = model.reachableChoices("finding", "route").map(({ code }) => code);
  const counts = useQueries({ queries: routes.map((one) => queueCountQuery(one, state)) }).map(({ data }) => data);
  // Where nothing was asked for: the first that has something, once that is known of all before it.
  const isKnown = counts.every((count) => count !== undefined);
  const route = asked ?? routes[Math.max(0, counts.findIndex((count) => count !== 0))] ?? "compliance";
  const found = useQuery({ ...queueQuery(route, state), enabled: asked !== undefined || isKnown });
  const inState = useQueries({ queries: queueStates.map((one) => ({ ...queueCountQuery(route, one), enabled: found.isSuccess })) });
  const tab = (label: string, search: object, current: boolean, count: number | undefined) => ({
    label,
    count,
    link: { to: "/compliance", search: (before: object) => ({ ...before, ...search }) } as never,
    current,
  });
  return (
    <Page title={t("lint.queue_title")} hint={t("lint.queue_hint")}>
      <div className={styles.tools}>
        <Tabs
          label={model.fieldLabel("finding", "route")}
          tabs={routes.map((one, index) => tab(model.choiceLabel("finding", "route", one), { route: one }, one === route, counts[index]))}
        />
        <Tabs
          label={model.fieldLabel("finding", "state")}
          tabs={queueStates.map((one, index) =>
            tab(model.choiceLabel("finding", "state", one), { route, state: one }, one === state, inState[index]?.data),
          )}
        />
      </div>
      {found.isPending && <CardSkeletons count={3} height={200} />}
      {found.isError && <ErrorNotice error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && found.data.length === 0 && <EmptyState icon="check">{t("lint.queue_empty")}</EmptyState>}
      {found.isSuccess && found.data.length > 0 && (
        <ul className={styles.cards}>
          {found.data.map((finding) => (
            <FindingCard key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
    </Page>
  );
}
