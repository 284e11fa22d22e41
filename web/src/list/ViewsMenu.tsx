import { TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { useModel } from "../api/queries";
import { expanded } from "../api/shapes";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { FormActions } from "../ui/FormActions";
import forms from "../ui/forms.module.css";
import { Icon } from "../ui/icons";
import { Menu, MenuItem, MenuLine, MenuTitle } from "../ui/Menu";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";
import { writeColumns } from "./address";
import styles from "./List.module.css";
import { useSavedViews } from "./savedViews";
import { useDefaultView } from "./useDefaultView";
import type { ListState } from "./useListState";
import type { View } from "./views";

type Asking = "save_as" | "rename" | null;

/** The views of a list, and what can be done with the one that is open. */
export function ViewsMenu({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const model = useModel();
  const [asking, setAsking] = useState<Asking>(null);
  const actions = useViewActions(list);
  const mayCreate = model.may("saved_view", "create");
  const { view, isChanged } = list;
  return (
    <div className={styles.views}>
      <Menu
        label={t("list.views")}
        align="start"
        trigger={(props) => (
          <Button variant="subtle" size="sm" className={styles.viewButton} rightSection={<Icon name="down" size={14} />} {...props}>
            {view?.label ?? t("list.all")}
          </Button>
        )}
      >
        <ViewItems list={list} />
        <MenuLine />
        {mayCreate && (
          <MenuItem icon="plus" onSelect={() => setAsking("save_as")}>
            {t("list.save_as")}
          </MenuItem>
        )}
        <DefaultItem list={list} />
        {view?.mine && (
          <>
            <MenuItem icon="pen" onSelect={() => setAsking("rename")}>
              {t("list.rename")}
            </MenuItem>
            <MenuItem checked={view.shared} hint={t("list.share_help")} onSelect={() => actions.share(view)}>
              {t("list.share")}
            </MenuItem>
            <MenuItem icon="trash" danger onSelect={() => actions.remove(view)}>
              {t("list.delete_view")}
            </MenuItem>
          </>
        )}
      </Menu>
      {isChanged && (
        <span className={styles.changed} role="group" aria-label={t("list.changed")}>
          <span className={styles.changedMark}>{t("list.changed")}</span>
          {view?.mine && (
            <Button variant="light" size="compact-md" className={styles.tool} onClick={() => actions.save(view)}>
              {t("app.save")}
            </Button>
          )}
          {mayCreate && (
            <Button variant="subtle" size="compact-md" className={styles.tool} onClick={() => setAsking("save_as")}>
              {t("list.save_as")}
            </Button>
          )}
          <Button variant="subtle" color="gray" size="compact-md" className={styles.tool} onClick={actions.discard}>
            {t("list.discard")}
          </Button>
        </span>
      )}
      {asking === "save_as" && <NameDialog title={t("list.save_as")} name="" save={actions.saveAs} close={() => setAsking(null)} />}
      {asking === "rename" && view !== null && (
        <NameDialog title={t("list.rename")} name={view.label} save={(name) => actions.rename(view, name)} close={() => setAsking(null)} />
      )}
    </div>
  );
}

const whole = { filter: undefined, sort: undefined, columns: undefined, view: undefined };

function ViewItems({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const { views, view } = list;
  const show = (id: string | undefined) => list.set({ ...whole, view: id, open: undefined }, { push: true });
  const groups = [
    { title: null, items: views.filter(({ saved }) => saved === null) },
    { title: t("list.my_views"), items: views.filter(({ mine }) => mine) },
    { title: t("list.shared_views"), items: views.filter(({ saved, mine }) => saved !== null && !mine) },
  ];
  return (
    <>
      <MenuItem checked={view === null} onSelect={() => show("all")}>
        {t("list.all")}
      </MenuItem>
      {groups.map(({ title, items }) =>
        items.length === 0 ? null : (
          <div key={title ?? ""} role="group" aria-label={title ?? t("list.views")}>
            {title !== null && <MenuTitle>{title}</MenuTitle>}
            {items.map((one) => (
              <MenuItem key={one.id} checked={one.id === view?.id} hint={hintOf(one, t("list.shared"))} onSelect={() => show(one.id)}>
                {one.label}
              </MenuItem>
            ))}
          </div>
        ),
      )}
    </>
  );
}

/** Whose a view is, or that others see mine. */
const hintOf = (view: View, shared: string): string | undefined =>
  view.saved === null ? undefined : view.mine ? (view.shared ? shared : undefined) : expanded(view.saved, "owner")?.title;

function DefaultItem({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const toast = useToast();
  const standard = useDefaultView(list.object);
  const id = list.view?.id ?? null;
  const label = list.view?.label ?? t("list.all");
  return (
    <MenuItem
      checked={standard.id === id}
      onSelect={() => {
        const before = standard.id;
        void standard.choose(id).then(() => toast({ text: t("list.default_set", { view: label }), undo: () => void standard.choose(before) }));
      }}
    >
      {t("list.default")}
    </MenuItem>
  );
}

interface ViewActions {
  save: (view: View) => void;
  saveAs: (name: string) => Promise<void>;
  rename: (view: View, name: string) => Promise<void>;
  share: (view: View) => void;
  remove: (view: View) => void;
  discard: () => void;
}

function useViewActions(list: ListState): ViewActions {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const views = useSavedViews(list.object);
  const bad = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const content = { filter: list.filter, sort: list.sort, columns: writeColumns(list.columns) };
  const recordOf = ({ saved, id }: View) => saved ?? { id };
  return {
    save: (view) =>
      views.save.mutate(
        { view: recordOf(view), content },
        {
          onSuccess: () => {
            list.set({ ...whole, view: view.id });
            toast({ text: t("list.view_saved", { view: view.label }) });
          },
          onError: bad,
        },
      ),
    saveAs: async (name) => {
      const made = await views.create.mutateAsync({ name, content });
      list.set({ ...whole, view: made.id }, { push: true });
      toast({ text: t("list.view_saved", { view: name }) });
    },
    rename: async (view, name) => {
      await views.change.mutateAsync({ view: recordOf(view), change: { name } });
    },
    share: (view) =>
      views.change.mutate(
        { view: recordOf(view), change: { shared: !view.shared } },
        { onSuccess: () => toast({ text: t(view.shared ? "list.unshared" : "list.now_shared", { view: view.label }) }), onError: bad },
      ),
    remove: (view) =>
      views.remove.mutate(view.id, {
        onSuccess: () => {
          const restore = () =>
            views.restore.mutate(view.id, { onSuccess: () => list.set({ ...whole, view: view.id }), onError: bad });
          list.set({ ...whole, view: "all" });
          toast({ text: t("list.view_deleted", { view: view.label }), undo: restore });
        },
        onError: bad,
      }),
    discard: () => list.set({ ...whole, view: list.search.view }),
  };
}

interface NameDialogProps {
  title: string;
  name: string;
  save: (name: string) => Promise<void>;
  close: () => void;
}

function NameDialog({ title, name, save, close }: NameDialogProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const [typed, setTyped] = useState(name);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    save(typed.trim())
      .then(close)
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const said = error instanceof ApiProblem ? (error.at("/name") ?? textOf(error)) : error === null ? undefined : textOf(error);
  return (
    <Dialog title={title} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <TextInput
          size="md"
          label={t("list.view_name")}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={said}
          autoFocus
          data-autofocus
        />
        <FormActions busy={busy} cancel={close} />
      </form>
    </Dialog>
  );
}
