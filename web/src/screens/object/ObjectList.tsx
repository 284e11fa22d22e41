import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { NothingHere } from "../../app/ScreenError";
import type { Field, Model } from "../../api/model";
import { useModel } from "../../api/queries";
import { listQuery, useDeleteRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { ListScreen } from "../../list/ListScreen";
import type { SetSearch } from "../../list/useListState";
import { useShortcuts } from "../../lib/shortcuts";
import { FieldValue } from "../../record/FieldValue";
import { Button, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { BackLink, Page } from "../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, useErrorText } from "../../ui/parts";
import { Table, type Column } from "../../ui/Table";
import { useToast } from "../../ui/Toasts";
import styles from "./ObjectPages.module.css";

const route = getRouteApi("/app/o/$object");

/** The records of any object: one added to the model has its list at once, as strong as that of the customers. */
export function ObjectList() {
  const { object } = route.useParams();
  const { show } = route.useSearch();
  const model = useModel();
  if (model.object(object) === undefined) return <NothingHere />;
  return show === "deleted" ? <DeletedList object={object} /> : <WholeList key={object} object={object} />;
}

function WholeList({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set: SetSearch = useCallback(
    (change, { push = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: !push, resetScroll: false }),
    [navigate],
  );
  const what = model.pluralLabel(object);
  return (
    <ListScreen
      object={object}
      title={what}
      search={search}
      set={set}
      actions={<Tools object={object} />}
      empty={{
        title: t("object.none", { what }),
        text: t(model.mayCreate(object) ? "object.none_help" : "object.none_read"),
      }}
    />
  );
}

function Tools({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div className={styles.tools}>
      {model.mayCreate(object) && <NewButton object={object} />}
      {model.may(object, "delete") && (
        <ButtonLink
          to="/o/$object"
          params={{ object }}
          search={{ show: "deleted" }}
          size="md"
          variant="default"
          leftSection={<Icon name="trash" size={18} />}
        >
          {t("object.deleted")}
        </ButtonLink>
      )}
    </div>
  );
}

function NewButton({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const navigate = route.useNavigate();
  const label = t("object.new_of", { what: model.objectLabel(object) });
  const create = () => void navigate({ to: "/o/$object/new", params: { object }, search: {} });
  useShortcuts([{ keys: "n", label, group: "screen", run: create }]);
  useActions([{ id: "object.new", label, icon: "plus", keys: "n", run: create }]);
  return (
    <Button size="md" leftSection={<Icon name="plus" size={18} />} onClick={create}>
      {label}
    </Button>
  );
}

/** What was deleted and can be restored. */
function DeletedList({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const references = model.listFields(object).filter((field) => field.type === "reference");
  const query = { expand: references.map((field) => field.name), limit: 50, deleted: true };
  const found = useInfiniteQuery(listQuery(object, query));
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={`${model.pluralLabel(object)}: ${t("object.deleted")}`}
      hint={t("object.deleted_hint")}
      back={
        <BackLink to="/o/$object" params={{ object }}>
          {model.pluralLabel(object)}
        </BackLink>
      }
    >
      {found.isPending && <RowSkeletons count={10} />}
      {found.isError && <ErrorNotice error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && <EmptyState icon="trash">{t("object.none_deleted")}</EmptyState>}
      {items.length > 0 && (
        <Table label={t("object.deleted")} rows={items} rowKey={(record) => record.id} columns={columnsOf(model, object, items, t("object.title"))} />
      )}
      {found.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </Page>
  );
}

/** The title, then the fields of the layout but the one that is the title. */
function columnsOf(model: Model, object: string, items: AnyRecord[], title: string): Column<AnyRecord>[] {
  const isTitle = (field: Field) => items.every((record) => record[field.name] === record.title);
  const fields = model.listFields(object).filter((field) => !isTitle(field)).map((field): Column<AnyRecord> => ({
    key: field.name,
    head: model.fieldLabel(object, field.name),
    cell: (record) => <FieldValue object={object} field={field} record={record} />,
    ...(field.type === "integer" || field.type === "decimal" ? { align: "end" as const } : {}),
  }));
  return [
    { key: "title", head: title, cell: (record) => record.title },
    ...fields,
    { key: "restore", head: "", bare: true, cell: (record) => <Restore object={object} record={record} /> },
  ];
}

function Restore({ object, record }: { object: string; record: AnyRecord }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const { restore } = useDeleteRecord(object);
  const run = () =>
    restore.mutate(record.id, {
      onSuccess: () => toast({ text: t("object.restored", { what: record.title ?? "" }) }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Button size="sm" variant="default" onClick={run} loading={restore.isPending} aria-label={t("object.restore_of", { what: record.title ?? "" })}>
      {t("object.restore")}
    </Button>
  );
}
