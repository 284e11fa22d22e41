import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { NotFound } from "../../app/NotFound";
import type { Field, Model } from "../../api/model";
import { useModel } from "../../api/queries";
import { listQuery, useDeleteRecord, type ListQuery } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { recordAddress } from "../../lib/recordAddress";
import { useShortcuts } from "../../lib/shortcuts";
import { FieldValue } from "../../record/FieldValue";
import { Icon } from "../../ui/icons";
import { Page, Toolbar } from "../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, useErrorText } from "../../ui/parts";
import { Table, type Column } from "../../ui/Table";
import { useToast } from "../../ui/Toasts";
import styles from "./ObjectPages.module.css";
import type { ObjectSearch } from "./routes";

const route = getRouteApi("/app/o/$object");

/** The records of any object, by the columns of its layout: an object added to the model has its list at once. */
export function ObjectList() {
  const { t } = useTranslation();
  const { object } = route.useParams();
  const model = useModel();
  if (model.object(object) === undefined) return <NotFound />;
  return (
    <Page
      title={model.pluralLabel(object)}
      actions={model.mayCreate(object) && <NewButton object={object} />}
      hint={route.useSearch().show === "deleted" ? t("object.deleted_hint") : undefined}
    >
      <Tools key={object} object={object} />
      <Records object={object} />
    </Page>
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

const typingPause = 200;

function Tools({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const { q = "", sort = "", show } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing || typed.trim() === q) return;
    const timer = setTimeout(() => void change({ q: typed.trim() || undefined }), typingPause);
    return () => clearTimeout(timer);
  });
  const change = (values: ObjectSearch) =>
    navigate({ search: (before) => ({ ...before, ...values }), params: { object }, replace: true });
  const sortable = sortFields(model, object);
  return (
    <Toolbar label={t("object.tools")}>
      {isSearchable(model, object) && (
        <TextInput
          type="search"
          size="md"
          className={styles.search}
          aria-label={t("object.search")}
          placeholder={t("object.search")}
          leftSection={<Icon name="search" size={18} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
      )}
      {sortable.length > 0 && (
        <NativeSelect
          size="md"
          aria-label={t("object.sort")}
          value={sort}
          onChange={(event) => void change({ sort: event.currentTarget.value || undefined })}
          data={[{ value: "", label: t("object.newest") }, ...sortable.flatMap((field) => directions(model.fieldLabel(object, field.name), field.name))]}
        />
      )}
      {model.may(object, "delete") && (
        <Button
          size="md"
          variant="default"
          aria-pressed={show === "deleted"}
          leftSection={<Icon name={show === "deleted" ? "check" : "trash"} size={18} />}
          onClick={() => void change({ show: show === "deleted" ? undefined : "deleted" })}
        >
          {t("object.deleted")}
        </Button>
      )}
    </Toolbar>
  );
}

const directions = (label: string, name: string) => [
  { value: name, label: `${label} ↑` },
  { value: `-${name}`, label: `${label} ↓` },
];

const isSearchable = (model: Model, object: string): boolean =>
  model.object(object)?.fields.some((field) => field.searchable === true) === true;

/** The server sorts by fields that have an index. */
function sortFields(model: Model, object: string): Field[] {
  return model.listFields(object).filter((field) => field.indexed === true || field.unique === true);
}

function asked(model: Model, object: string, { q, sort, show }: ObjectSearch): ListQuery {
  const references = model.listFields(object).filter((field) => field.type === "reference");
  return { q, sort: q ? undefined : sort, expand: references.map((field) => field.name), limit: 50, deleted: show === "deleted" };
}

function Records({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const search = route.useSearch();
  const found = useInfiniteQuery(listQuery(object, asked(model, object, search)));
  if (found.isPending) return <RowSkeletons count={10} />;
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing object={object} />;
  return (
    <>
      <Table label={model.pluralLabel(object)} rows={items} rowKey={(record) => record.id} columns={columnsOf(model, object, items, search, t("object.title"))} />
      {found.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

/** The title, then the fields of the layout but the one that is the title. */
function columnsOf(model: Model, object: string, items: AnyRecord[], { show }: ObjectSearch, title: string): Column<AnyRecord>[] {
  const isTitle = (field: Field) => items.every((record) => record[field.name] === record.title);
  const fields = model.listFields(object).filter((field) => !isTitle(field)).map((field): Column<AnyRecord> => ({
    key: field.name,
    head: model.fieldLabel(object, field.name),
    cell: (record) => <FieldValue object={object} field={field} record={record} />,
    ...(field.type === "integer" || field.type === "decimal" ? { align: "end" as const } : {}),
  }));
  const name: Column<AnyRecord> = {
    key: "title",
    head: title,
    cell: (record) => (show === "deleted" ? record.title : <TitleLink object={object} record={record} />),
  };
  const restore: Column<AnyRecord> = { key: "restore", head: "", bare: true, cell: (record) => <Restore object={object} record={record} /> };
  return show === "deleted" ? [name, ...fields, restore] : [name, ...fields];
}

function TitleLink({ object, record }: { object: string; record: AnyRecord }) {
  return (
    <Link to={recordAddress(object, record.id) as "/"} className={styles.title} data-item>
      {record.title || record.id}
    </Link>
  );
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

function Nothing({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const { q, show } = route.useSearch();
  if (show === "deleted") return <EmptyState icon="trash">{t("object.none_deleted")}</EmptyState>;
  if (q) {
    return (
      <EmptyState icon="search" title={t("customers.empty")}>
        {t("customers.empty_help")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="record" title={t("object.none", { what: model.pluralLabel(object) })}>
      {t(model.mayCreate(object) ? "object.none_help" : "object.none_read")}
    </EmptyState>
  );
}
