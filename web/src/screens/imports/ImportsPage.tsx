import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { importsQuery, type Import } from "../../api/imports";
import { useMe, useModel } from "../../api/queries";
import { Button, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Page } from "../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../ui/parts";
import { Table, type Column } from "../../ui/Table";
import { CountsText } from "./CountsText";
import { ImportState } from "./ImportState";
import styles from "./Imports.module.css";
import { useMoment } from "./useMoment";

/** Every import that the person may know of: those that wait, and what became of the others. */
export function ImportsPage() {
  const { t } = useTranslation();
  const model = useModel();
  const found = useInfiniteQuery(importsQuery);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = items.filter((item) => item.status === "staged");
  const made = items.filter((item) => item.status !== "staged");
  const mayImport = model.importable().length > 0;
  const start = mayImport && (
    <ButtonLink to="/imports/new" size="md" leftSection={<Icon name="upload" size={18} />}>
      {t("imports.start")}
    </ButtonLink>
  );
  return (
    <Page title={t("imports.title")} hint={t("imports.hint")} actions={items.length > 0 && start}>
      {found.isPending && <RowSkeletons />}
      {found.isError && <ErrorNotice error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && (
        <EmptyState icon="upload" title={t("imports.none_title")} action={start}>
          {t("imports.none")}
        </EmptyState>
      )}
      {waiting.length > 0 && (
        <Section title={t("imports.waiting")} count={waiting.length} hint={t("imports.waiting_hint")}>
          <Waiting items={waiting} />
        </Section>
      )}
      {made.length > 0 && (
        <Section title={t("imports.history")}>
          <History items={made} />
        </Section>
      )}
      {found.hasNextPage && (
        <div>
          <Button variant="default" size="md" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
            {t("app.more")}
          </Button>
        </div>
      )}
    </Page>
  );
}

function useSharedColumns(): Column<Import>[] {
  const { t } = useTranslation();
  const model = useModel();
  return [
    {
      key: "file",
      head: t("imports.file"),
      cell: (item) => (
        <Link to="/imports/$id" params={{ id: item.id }} className={styles.name}>
          {item.file_name}
        </Link>
      ),
    },
    { key: "object", head: t("imports.object"), cell: (item) => model.pluralLabel(item.object) },
  ];
}

function Waiting({ items }: { items: Import[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const columns = [
    ...useSharedColumns(),
    { key: "who", head: t("imports.who"), cell: (item: Import) => <Who id={item.created_by} name={item.created_by_name} /> },
    { key: "when", head: t("imports.brought"), cell: (item: Import) => moment(item.created_at) },
  ];
  return <Table label={t("imports.waiting")} columns={columns} rows={items} rowKey={(item) => item.id} />;
}

function History({ items }: { items: Import[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const columns = [
    ...useSharedColumns(),
    { key: "state", head: t("imports.state"), cell: (item: Import) => <ImportState status={item.status} /> },
    { key: "counts", head: t("imports.outcome"), cell: (item: Import) => item.counts && <CountsText counts={item.counts} /> },
    { key: "who", head: t("imports.who"), cell: (item: Import) => <Who id={item.run_by} name={item.run_by_name} /> },
    { key: "when", head: t("imports.when"), cell: (item: Import) => moment(item.run_at ?? item.created_at) },
  ];
  return <Table label={t("imports.history")} columns={columns} rows={items} rowKey={(item) => item.id} />;
}

function Who({ id, name }: { id: string | null; name: string | null }) {
  const { t } = useTranslation();
  const me = useMe();
  return <>{id === me.id ? t("imports.you") : (name ?? t("imports.program"))}</>;
}
