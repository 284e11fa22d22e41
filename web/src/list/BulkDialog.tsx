import { Alert, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { batchQuery, cancelPreview, changeMany, ended, isUnderWay, undoBatch, type Batch } from "../api/batches";
import type { Field } from "../api/model";
import { ApiProblem } from "../api/problem";
import { useModel } from "../api/queries";
import { listKey, titlesQuery } from "../api/records";
import { FieldPicker } from "../condition/FieldPicker";
import { useSchema } from "../condition/useReading";
import { isEditable, valueOf } from "../record/fieldDraft";
import { FieldInput } from "../record/FieldInput";
import { ActionIcon, Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/icons";
import { Progress } from "../ui/marks";
import { useErrorText } from "../ui/parts";
import { TagInput } from "../ui/TagInput";
import { useToast } from "../ui/Toasts";
import { useCells } from "./cells";
import styles from "./List.module.css";
import { bodyOf, type Selection } from "./selection";
import type { ListState } from "./useListState";

interface BulkDialogProps {
  list: ListState;
  selection: Selection;
  count: number;
  /** The fields that stand there from the beginning. */
  begin: string[];
  close: () => void;
  done: () => void;
}

/** What is typed for a field: a value, or for lists what is added and removed. */
type Draft = string | string[];
type ListChange = "add" | "remove" | "replace";

interface Entry {
  name: string;
  value: Draft;
  /** Of a field that holds a list. */
  change: ListChange;
}

const holdsList = (field: Field): boolean => field.type === "tags" || field.type === "choices";
const begun = (name: string): Entry => ({ name, value: "", change: "add" });

/** The same change to many records: chosen, looked at before it is made, made, and taken back if one likes. */
export function BulkDialog({ list, selection, count, begin, close, done }: BulkDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const client = useQueryClient();
  const toast = useToast();
  const textOf = useErrorText();
  const [entries, setEntries] = useState<Entry[]>(() => begin.map(begun));
  const changes = changesOf(entries, (name) => model.field(list.object, name));
  const send = (preview: boolean) =>
    changeMany(list.object, { list: list.asked, records: bodyOf(selection), changes, preview });
  const preview = useMutation({ mutationFn: () => send(true) });
  const change = useMutation({ mutationFn: () => send(false) });
  const seen = useFollowed(preview.data);
  const made = useFollowed(change.data);
  const refresh = () => {
    void client.invalidateQueries({ queryKey: listKey(list.object) });
    void client.invalidateQueries({ queryKey: [list.object] });
    void client.invalidateQueries({ queryKey: ["dashboard"] });
  };
  const undo = async (id: string) => {
    try {
      const { undo: taken } = await ended(await undoBatch(id));
      const left = (taken?.changed_since ?? 0) + (taken?.refused ?? 0);
      toast({ text: left === 0 ? t("list.bulk_undone") : t("list.bulk_undone_but", { count: left }) });
    } catch (error) {
      toast({ text: textOf(error), tone: "bad" });
    }
    refresh();
  };
  const finish = (batch: Batch) => {
    refresh();
    if (batch.status === "failed") return toast({ text: t("list.bulk_failed"), tone: "bad" });
    toast({ text: t("list.bulk_done", { count: batch.counts.changed }), undo: () => void undo(batch.id) });
    done();
  };
  const make = () =>
    change.mutate(undefined, {
      onSuccess: (batch) => void ended(batch).then(finish, (error: unknown) => toast({ text: textOf(error), tone: "bad" })),
    });
  const looking = seen !== null && isUnderWay(seen) ? seen : null;
  /** It may have ended meanwhile: nobody looks at it any more in either case. */
  const stopLooking = () => {
    if (looking !== null) cancelPreview(looking.id).catch(() => {});
    preview.reset();
  };
  const leave = () => {
    stopLooking();
    close();
  };
  const edit = (next: Entry[]) => {
    setEntries(next);
    stopLooking();
    change.reset();
  };
  const busy = change.isPending || (made !== null && isUnderWay(made));
  const ready = Object.keys(changes).length > 0;
  return (
    <Dialog
      title={t("list.bulk_title", { count })}
      form="panel"
      close={leave}
      actions={
        <>
          {seen === null ? (
            <Button size="md" onClick={() => preview.mutate()} loading={preview.isPending} disabled={!ready}>
              {t("list.bulk_preview")}
            </Button>
          ) : (
            <Button size="md" onClick={make} loading={busy} disabled={isUnderWay(seen) || seen.counts.changed === 0}>
              {t("list.bulk_apply", { count: seen.counts.changed })}
            </Button>
          )}
          <Button size="md" variant="default" onClick={leave} disabled={busy}>
            {t("app.cancel")}
          </Button>
        </>
      }
    >
      <div className={styles.bulk}>
        {entries.map((entry) => (
          <EntryInput
            key={entry.name}
            object={list.object}
            entry={entry}
            change={(next) => edit(entries.map((one) => (one.name === entry.name ? next : one)))}
            remove={() => edit(entries.filter(({ name }) => name !== entry.name))}
            error={problemAt(preview.error ?? change.error, entry.name)}
          />
        ))}
        <AddEntry object={list.object} entries={entries} add={(name) => edit([...entries, begun(name)])} />
        <General error={preview.error ?? change.error} entries={entries} />
        {made !== null && isUnderWay(made) && <UnderWay batch={made} count={count} />}
        {seen !== null && made === null && (isUnderWay(seen) ? <UnderWay batch={seen} count={count} cancel={stopLooking} /> : <Preview object={list.object} batch={seen} />)}
      </div>
    </Dialog>
  );
}

function changesOf(entries: Entry[], fieldOf: (name: string) => Field | undefined): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const { name, value, change } of entries) {
    const field = fieldOf(name);
    if (field === undefined) continue;
    if (!holdsList(field)) changes[name] = valueOf(field, value);
    else if (change === "replace") changes[name] = Array.isArray(value) && value.length > 0 ? value : null;
    else if (Array.isArray(value) && value.length > 0) changes[name] = { [change]: value };
  }
  return changes;
}

const problemAt = (error: unknown, name: string): string | undefined =>
  error instanceof ApiProblem ? error.fields.find(({ pointer }) => pointer.startsWith(`/changes/${name}`))?.message : undefined;

/** A batch as it goes on. */
function useFollowed(batch: Batch | undefined): Batch | null {
  const followed = useQuery({ ...batchQuery(batch?.id ?? ""), enabled: batch !== undefined && isUnderWay(batch) });
  if (batch === undefined) return null;
  return followed.data?.id === batch.id ? followed.data : batch;
}

interface EntryInputProps {
  object: string;
  entry: Entry;
  change: (entry: Entry) => void;
  remove: () => void;
  error: string | undefined;
}

const listChanges = ["add", "remove", "replace"] as const;

function EntryInput({ object, entry, change, remove, error }: EntryInputProps) {
  const { t } = useTranslation();
  const model = useModel();
  const field = model.field(object, entry.name);
  if (field === undefined) return null;
  const label = model.fieldLabel(object, entry.name);
  const put = (value: Draft) => change({ ...entry, value });
  return (
    <div className={styles.entry}>
      <div className={styles.entryInput}>
        {holdsList(field) && (
          <NativeSelect
            size="md"
            aria-label={t("list.bulk_how", { field: label })}
            value={entry.change}
            onChange={(event) => change({ ...entry, change: event.currentTarget.value as ListChange })}
            data={listChanges.map((value) => ({ value, label: t(`list.bulk_${value === "add" ? "append" : value}`) }))}
          />
        )}
        {field.type === "tags" ? (
          <TagInput label={label} values={Array.isArray(entry.value) ? entry.value : []} onChange={put} error={error} />
        ) : (
          <FieldInput object={object} field={{ ...field, required: false }} record={{ id: "" }} value={entry.value} onChange={put} error={error} />
        )}
      </div>
      <ActionIcon variant="subtle" color="gray" size={44} onClick={remove} aria-label={t("list.bulk_leave", { field: label })}>
        <Icon name="close" size={18} />
      </ActionIcon>
    </div>
  );
}

function AddEntry({ object, entries, add }: { object: string; entries: Entry[]; add: (name: string) => void }) {
  const { t } = useTranslation();
  const schema = useSchema();
  const chosen = new Set(entries.map(({ name }) => name));
  return (
    <FieldPicker
      key={entries.length}
      label={t("list.bulk_add")}
      object={object}
      schema={schema}
      value={null}
      onChange={add}
      // A unique value can belong to one record only.
      accepts={({ field, through, path }) =>
        through === null && field !== null && isEditable(field) && field.unique !== true && !chosen.has(path)
      }
    />
  );
}

function General({ error, entries }: { error: unknown; entries: Entry[] }) {
  const textOf = useErrorText();
  if (error === null || error === undefined) return null;
  if (entries.some(({ name }) => problemAt(error, name) !== undefined)) return null;
  return <Alert role="alert">{textOf(error)}</Alert>;
}

function UnderWay({ batch, count, cancel }: { batch: Batch; count: number; cancel?: () => void }) {
  const { t } = useTranslation();
  const { changed, unchanged, refused } = batch.counts;
  return <Progress label={t("list.bulk_running")} value={changed + unchanged + refused} max={count} cancel={cancel} />;
}

/** What the change would do: how many, what else follows, which are refused and why, and some of them. */
function Preview({ object, batch }: { object: string; batch: Batch }) {
  const { t } = useTranslation();
  const model = useModel();
  const { counts, refused, follows, examples } = batch;
  return (
    <section className={styles.preview} aria-label={t("list.bulk_preview")} role="status">
      <p className={styles.previewCount}>{t("list.bulk_changed", { count: counts.changed })}</p>
      {counts.unchanged > 0 && <p>{t("list.bulk_unchanged", { count: counts.unchanged })}</p>}
      {follows.map(({ object: of, action, count }) => (
        <p key={`${of}/${action}`}>{t("list.bulk_follows", { count, object: model.objectLabel(of) })}</p>
      ))}
      {refused.map(({ code, message, count, records }) => (
        <div key={`${code}/${message}`} className={styles.refused}>
          <p>
            <b>{t("list.bulk_refused", { count })}</b> {message}
          </p>
          <p className={styles.names}>{records.map(({ title }) => title).join(t("condition.comma"))}</p>
        </div>
      ))}
      {examples.length > 0 && <Examples object={object} examples={examples} />}
    </section>
  );
}

const mostExamples = 5;

function Examples({ object, examples }: { object: string; examples: Batch["examples"] }) {
  const { t } = useTranslation();
  const words = useValueWords(object, examples);
  return (
    <table className={styles.examples}>
      <caption>{t("list.bulk_examples")}</caption>
      <tbody>
        {examples.slice(0, mostExamples).map(({ id, title, before, after }) => (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>
              {Object.keys(after).map((name) => (
                <p key={name}>
                  <span className={styles.was}>{words(name, before[name])}</span>
                  <span aria-hidden="true"> → </span>
                  <b>{words(name, after[name])}</b>
                </p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Values as cells show them; records by their titles. */
function useValueWords(object: string, examples: Batch["examples"]): (name: string, value: unknown) => ReactNode {
  const { t } = useTranslation();
  const model = useModel();
  const cells = useCells(object);
  const asked: Record<string, string[]> = {};
  for (const { before, after } of examples.slice(0, mostExamples)) {
    for (const [name, value] of [...Object.entries(before), ...Object.entries(after)]) {
      const target = model.field(object, name)?.reference;
      if (target === undefined || typeof value !== "string") continue;
      asked[target] = [...new Set([...(asked[target] ?? []), value])].sort();
    }
  }
  const titles = useQuery(titlesQuery(asked)).data ?? {};
  return (name, value) => {
    if (value === null || value === undefined) return t("app.none");
    if (model.field(object, name)?.type === "reference") return titles[String(value)] ?? "…";
    return cells.cell({ id: "", [name]: value }, name) ?? t("app.none");
  };
}
