import { NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRevert, versionQuery, type Definition } from "../../../api/definitions";
import { useMe } from "../../../api/queries";
import { formatDay, formatTime } from "../../../lib/dates";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { Badge } from "../../../ui/marks";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { useToast } from "../../../ui/Toasts";
import styles from "../Studio.module.css";
import { DifferenceList } from "./DifferenceList";

interface Row {
  id: string | null;
  version: number;
  by_name: string;
  published_at: string | null;
  note: string;
}

function useVersionName(): (version: number) => string {
  const { t } = useTranslation();
  return (version) => (version === 0 ? t("studio.version_shipped") : t("studio.version", { version }));
}

function rowsOf({ versions = [], shipped }: Definition): Row[] {
  const original: Row = { id: null, version: 0, by_name: "", published_at: null, note: "" };
  return shipped == null ? versions : [...versions, original];
}

/** Everything that was ever published of a definition: to be compared, put in force again, and followed into the journal. */
export function Versions({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const { may } = useMe();
  const nameOf = useVersionName();
  const [compared, setCompared] = useState<number | null>(null);
  const rows = rowsOf(definition);
  if ((definition.versions ?? []).length === 0) {
    return (
      <Section title={t("studio.versions")}>
        <p className={styles.quiet}>{t("studio.versions_none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("studio.versions")} count={definition.versions?.length}>
      <Table
        label={t("studio.versions")}
        rows={rows}
        rowKey={({ version }) => String(version)}
        columns={[
          {
            key: "version",
            head: t("studio.version_head"),
            cell: ({ version }) => (
              <span className={styles.marks}>
                {nameOf(version)}
                {version === definition.version && (
                  <Badge tone="good" icon="check">
                    {t("studio.in_force")}
                  </Badge>
                )}
              </span>
            ),
          },
          { key: "published", head: t("studio.last_change"), cell: (row) => <Published row={row} /> },
          { key: "note", head: t("studio.note"), cell: ({ note }) => note || "–" },
          {
            key: "compare",
            head: t("studio.compare"),
            bare: true,
            cell: ({ version, id }) => (
              <span className={styles.marks}>
                {version !== definition.version && (
                  <Button
                    variant="default"
                    size="md"
                    aria-label={t("studio.compare_with", { version: nameOf(version) })}
                    onClick={() => setCompared(version)}
                  >
                    {t("studio.compare")}
                  </Button>
                )}
                {id !== null && may.journal === true && (
                  <Link to="/admin/journal" search={{ object: "definition", id }} className={styles.link}>
                    {t("studio.in_journal")}
                  </Link>
                )}
              </span>
            ),
          },
        ]}
      />
      {compared !== null && <CompareDialog definition={definition} first={compared} close={() => setCompared(null)} />}
    </Section>
  );
}

/** Who published something, and when; nothing for what was shipped. */
export function Published({ row }: { row: Pick<Row, "by_name" | "published_at"> }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  if (row.published_at === null) return "–";
  const day = `${formatDay(row.published_at, i18n.language, zone)} ${formatTime(row.published_at, i18n.language, zone)}`;
  return t("studio.published_by", { name: row.by_name || t("studio.by_system"), day });
}

/** Any two versions beside each other; the first can be put in force again. */
function CompareDialog({ definition, first, close }: { definition: Definition; first: number; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const nameOf = useVersionName();
  const [second, setSecond] = useState(definition.version);
  const [note, setNote] = useState("");
  const one = useQuery(versionQuery(definition.kind, definition.name, first));
  const other = useQuery(versionQuery(definition.kind, definition.name, second));
  const revert = useRevert(definition.kind, definition.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    revert.mutate(
      { version: first, note: note.trim() },
      {
        onSuccess: () => {
          close();
          toast({ text: t("studio.reverted", { version: nameOf(first) }) });
        },
      },
    );
  };
  const failed = one.error ?? other.error;
  return (
    <Dialog title={t("studio.compare_title", { version: nameOf(first) })} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <NativeSelect
          size="md"
          label={t("studio.compare_to")}
          value={String(second)}
          onChange={({ currentTarget }) => setSecond(Number(currentTarget.value))}
          data={rowsOf(definition).filter(({ version }) => version !== first).map(({ version }) => ({ value: String(version), label: nameOf(version) }))}
        />
        {(one.isPending || other.isPending) && <RowSkeletons count={3} />}
        {failed !== null && <ErrorNotice error={failed} />}
        {one.data && other.data && (
          <>
            <p className={styles.quiet}>{t("studio.compare_hint", { from: nameOf(second), to: nameOf(first) })}</p>
            <DifferenceList before={other.data.body} after={one.data.body} />
          </>
        )}
        <Textarea
          size="md"
          rows={2}
          label={t("studio.note")}
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {revert.isError && <ErrorNotice error={revert.error} />}
        <FormActions busy={revert.isPending} disabled={!one.isSuccess} cancel={close} submit={t("studio.revert")} />
      </form>
    </Dialog>
  );
}
