import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { NothingHere, ScreenError } from "../../app/ScreenError";
import { useModel } from "../../api/queries";
import { recordQuery, useDeleteRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { copyText } from "../../lib/clipboard";
import { ListSteps } from "../../list/ListSteps";
import { useShortcuts } from "../../lib/shortcuts";
import { HistoryList } from "../../record/HistoryList";
import { RecordFields } from "../../record/RecordFields";
import { ActionIcon } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Menu, MenuItem } from "../../ui/Menu";
import { BackLink, Page } from "../../ui/Page";
import { CardSkeletons, useErrorText } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { useToast } from "../../ui/Toasts";
import { Files } from "./Files";
import { Related } from "./Related";

const route = getRouteApi("/app/o/$object/$id");

/** A record of any object: its fields editable in place, what refers to it, what happened to it. */
export function RecordPage() {
  const { object, id } = route.useParams();
  const model = useModel();
  const known = model.object(object) !== undefined;
  const expand = model.references(object).map((field) => field.name);
  const record = useQuery({ ...recordQuery(object, id, expand), enabled: known });
  if (!known) return <NothingHere />;
  if (record.isPending) return <CardSkeletons count={3} height={180} />;
  if (record.isError) return <ScreenError error={record.error} retry={() => void record.refetch()} />;
  return <Loaded key={id} object={object} record={record.data} />;
}

const views = ["fields", "related", "files", "history"] as const;

function Loaded({ object, record }: { object: string; record: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const { view = "fields" } = route.useSearch();
  return (
    <Page
      title={record.title || model.objectLabel(object)}
      back={
        <BackLink to="/o/$object" params={{ object }}>
          {model.pluralLabel(object)}
        </BackLink>
      }
      actions={<RecordMenu object={object} record={record} />}
    >
      <ListSteps object={object} id={record.id} />
      <Tabs
        label={t("object.views")}
        tabs={views.map((one) => ({
          label: t(`object.view_${one}`),
          link: {
            to: "/o/$object/$id",
            params: { object, id: record.id },
            search: { view: one === "fields" ? undefined : one },
          },
          current: one === view,
        }))}
      />
      {view === "fields" && <RecordFields object={object} record={record} />}
      {view === "related" && <Related object={object} id={record.id} />}
      {view === "files" && <Files object={object} id={record.id} />}
      {view === "history" && <HistoryList object={object} id={record.id} />}
    </Page>
  );
}

function RecordMenu({ object, record }: { object: string; record: AnyRecord }) {
  const { t } = useTranslation();
  const toast = useToast();
  const model = useModel();
  const remove = useRemove(object, record);
  const mayDelete = model.may(object, "delete");
  const copy = async () => {
    const done = await copyText(location.origin + location.pathname);
    toast(done ? { text: t("ui.copied") } : { text: t("ui.copy_failed"), tone: "bad" });
  };
  /** The first group of fields that can be changed: its button says so already. */
  const edit = () => document.querySelector<HTMLElement>("#content [data-edit]")?.click();
  useShortcuts([{ keys: "e", label: t("app.edit"), group: "screen", run: edit }]);
  useActions([
    { id: "record.copy_link", label: t("object.copy_link"), icon: "copy", run: () => void copy() },
    ...(mayDelete ? [{ id: "record.delete", label: t("object.delete"), icon: "trash" as const, run: remove }] : []),
  ]);
  return (
    <Menu
      label={t("object.more")}
      trigger={(props) => (
        <ActionIcon {...props} variant="default" size={44} aria-label={t("object.more")}>
          <Icon name="dots" />
        </ActionIcon>
      )}
    >
      <MenuItem icon="copy" onSelect={() => void copy()}>
        {t("object.copy_link")}
      </MenuItem>
      {mayDelete && (
        <MenuItem icon="trash" danger onSelect={remove}>
          {t("object.delete")}
        </MenuItem>
      )}
    </Menu>
  );
}

/** Deletes without a question: the toast takes it back. */
function useRemove(object: string, record: AnyRecord): () => void {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const navigate = route.useNavigate();
  const { remove, restore } = useDeleteRecord(object);
  const what = record.title ?? "";
  const fail = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const undo = () => restore.mutateAsync(record.id).then(() => toast({ text: t("object.restored", { what }) }), fail);
  return () =>
    // The promise is kept although this screen is left at once.
    void remove.mutateAsync(record.id).then(async () => {
      await navigate({ to: "/o/$object", params: { object }, search: {} });
      toast({ text: t("object.removed", { what }), undo: () => void undo() });
    }, fail);
}
