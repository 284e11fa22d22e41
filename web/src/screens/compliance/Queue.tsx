import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queueQuery } from "../../api/lint";
import { useModel } from "../../api/queries";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { FindingCard } from "./FindingCard";
import styles from "./Compliance.module.css";
import { queueRoutes, queueStates } from "./routes";

const here = getRouteApi("/app/compliance");

/** What was found in saved records and waits for a decision, the oldest first. */
export function Queue() {
  const { t } = useTranslation();
  const model = useModel();
  const { route = "compliance", state = "open" } = here.useSearch();
  const found = useQuery(queueQuery(route, state));
  const tab = (label: string, search: object, current: boolean) => ({
    label,
    link: { to: "/compliance", search: (before: object) => ({ ...before, ...search }) } as never,
    current,
  });
  return (
    <Page title={t("lint.queue_title")} hint={t("lint.queue_hint")}>
      <div className={styles.tools}>
        <Tabs
          label={model.fieldLabel("finding", "route")}
          tabs={queueRoutes.map((one) => tab(model.choiceLabel("finding", "route", one), { route: one }, one === route))}
        />
        <Tabs
          label={model.fieldLabel("finding", "state")}
          tabs={queueStates.map((one) => tab(model.choiceLabel("finding", "state", one), { state: one }, one === state))}
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
