import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery } from "../../../api/definitions";
import { Icon } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import type { Texts } from "../design/body";
import { NewDialog } from "../design/NewDialog";
import { OriginMark } from "../design/OriginMark";
import { begin } from "../design/useDefinition";
import { Published } from "../design/Versions";
import styles from "../Studio.module.css";
import { freshWidget, type DashboardBody } from "./dashboard";

/** What the screens of a day and of a team show, and to whom. */
export function DashboardsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const dashboards = useQuery(definitionsQuery("dashboards"));
  const start = (dashboard: string, labels: Texts) => {
    const body: DashboardBody = { dashboard, labels, roles: ["manager"], place: "team", widgets: [freshWidget([])] };
    begin(`dashboards.${dashboard}`, [{ kind: "dashboards", name: dashboard, body }]);
    void navigate({ to: "/studio/dashboards/$dashboard", params: { dashboard } });
  };
  return (
    <Page
      title={t("studio.dashboards.title")}
      hint={t("studio.dashboards.hint")}
      actions={
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t("studio.dashboards.add")}
        </Button>
      }
    >
      {dashboards.isPending && <RowSkeletons />}
      {dashboards.isError && <ErrorNotice error={dashboards.error} retry={() => void dashboards.refetch()} />}
      {dashboards.data && (
        <Table
          label={t("studio.dashboards.title")}
          rows={dashboards.data}
          rowKey={({ name }) => name}
          columns={[
            {
              key: "name",
              head: t("studio.dashboards.dashboard"),
              cell: ({ name, label }) => (
                <Link to="/studio/dashboards/$dashboard" params={{ dashboard: name }} className={styles.link} data-item>
                  {label}
                </Link>
              ),
            },
            {
              key: "place",
              head: t("studio.member.place"),
              cell: ({ body }) => (body == null ? "–" : t(`studio.dashboards.place_${(body as unknown as DashboardBody).place ?? "today"}`)),
            },
            {
              key: "widgets",
              head: t("studio.member.widgets"),
              align: "end",
              cell: ({ body }) => (body as unknown as DashboardBody | null)?.widgets.length ?? "–",
            },
            { key: "state", head: t("studio.state"), cell: (row) => <OriginMark definition={row} /> },
            { key: "published", head: t("studio.last_change"), cell: (row) => <Published row={row} /> },
          ]}
        />
      )}
      {adding && (
        <NewDialog
          title={t("studio.dashboards.add")}
          taken={(dashboards.data ?? []).map(({ name }) => name)}
          begin={start}
          close={() => setAdding(false)}
        />
      )}
    </Page>
  );
}
