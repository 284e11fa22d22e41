import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { resourcesQuery } from "../../api/value";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { ResourceCard } from "./ResourceCard";
import styles from "./Resources.module.css";

const RecordDialog = lazy(() => import("../../record/RecordDialog").then(({ RecordDialog }) => ({ default: RecordDialog })));

const route = getRouteApi("/app/resources");

/** What there is only so much of: how much is left, who has it, who waits. */
export function Resources() {
  const { t } = useTranslation();
  const model = useModel();
  const { open } = route.useSearch();
  const [isAdding, setAdding] = useState(false);
  const { team } = useMe();
  // Whoever asks for the own doctors alone is shown what these may have: of another territory nothing is given.
  const own = { or: [{ "==": [{ var: "team" }, null] }, { "==": [{ var: "team" }, team] }] };
  const list = useQuery(resourcesQuery(model.reachesOthers("allotment", "read") ? undefined : own));
  const add = model.may("resource", "create") && (
    <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t("resources.add")}
    </Button>
  );
  return (
    <Page title={t("resources.title")} hint={t("resources.hint")} actions={add}>
      {list.isPending && <CardSkeletons count={3} height={140} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && list.data.items.length === 0 && <EmptyState icon="star">{t("resources.empty")}</EmptyState>}
      <ul className={styles.cards}>
        {list.data?.items.map((resource) => <ResourceCard key={resource.id} resource={resource} isOpen={open === resource.id} />)}
      </ul>
      {isAdding && (
        <Suspense>
          <RecordDialog object="resource" record={null} fixed={{}} close={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}
