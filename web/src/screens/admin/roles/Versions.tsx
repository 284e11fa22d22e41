import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRevert, versionQuery, type Definition, type DefinitionVersion } from "../../../api/definitions";
import { useMe } from "../../../api/queries";
import { formatDay, formatTime } from "../../../lib/dates";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { Badge } from "../../../ui/marks";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { useToast } from "../../../ui/Toasts";
import { ChangeList } from "./ChangeList";
import { differences, type RoleBody } from "./role";
import styles from "./RolePage.module.css";
import type { Kind } from "./useRoles";
import { Button } from "../../../ui/Button";

interface VersionsProps {
  definition: Definition;
  kinds: Kind[];
}

/** What a version is called: by its number, and what was shipped by that. */
function useVersionName(): (version: number) => string {
  const { t } = useTranslation();
  return (version) => (version === 0 ? t("roles.version_shipped") : t("roles.version", { version }));
}

type Row = Pick<DefinitionVersion, "version" | "by" | "by_name" | "published_at" | "note">;

/** Everything that was ever published, newest first, each to be compared and put in force again. */
export function Versions({ definition, kinds }: VersionsProps) {
  const { t } = useTranslation();
  const nameOf = useVersionName();
  const [compared, setCompared] = useState<number | null>(null);
  const versions = definition.versions ?? [];
  const shipped: Row = { version: 0, by: null, by_name: "", published_at: null, note: "" };
  const rows: Row[] = definition.shipped == null ? versions : [...versions, shipped];
  if (versions.length === 0) {
    return (
      <Section title={t("roles.versions")}>
        <p className={styles.quiet}>{t("roles.versions_none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("roles.versions")} count={versions.length}>
      <Table
        label={t("roles.versions")}
        rows={rows}
        rowKey={({ version }) => String(version)}
        columns={[
          {
            key: "version",
            head: t("roles.version_head"),
            cell: ({ version }) => (
              <span className={styles.version}>
                {nameOf(version)}
                {version === definition.version && (
                  <Badge tone="good" icon="check">
                    {t("roles.in_force")}
                  </Badge>
                )}
              </span>
            ),
          },
          { key: "published", head: t("roles.published"), cell: (row) => <Published row={row} /> },
          { key: "note", head: t("roles.note"), cell: ({ note }) => note || "–" },
          {
            key: "compare",
            head: t("roles.compare"),
            bare: true,
            cell: ({ version }) =>
              version !== definition.version && (
                <Button
                  variant="default"
                  size="md"
                  aria-label={t("roles.compare_with", { version: nameOf(version) })}
                  onClick={() => setCompared(version)}
                >
                  {t("roles.compare")}
                </Button>
              ),
          },
        ]}
      />
      {compared !== null && (
        <CompareDialog definition={definition} kinds={kinds} version={compared} close={() => setCompared(null)} />
      )}
    </Section>
  );
}

/** Who published something, and when; nothing for what was shipped. */
export function Published({ row }: { row: Pick<Row, "by" | "by_name" | "published_at"> }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  if (row.published_at === null) return "–";
  const day = `${formatDay(row.published_at, i18n.language, zone)} ${formatTime(row.published_at, i18n.language, zone)}`;
  return t("roles.published_by", { name: row.by_name || t("roles.by_system"), day });
}

function CompareDialog({ definition, kinds, version, close }: VersionsProps & { version: number; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const nameOf = useVersionName();
  const [note, setNote] = useState("");
  const other = useQuery(versionQuery("roles", definition.name, version));
  const revert = useRevert("roles", definition.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    revert.mutate(
      { version, note: note.trim() },
      {
        onSuccess: () => {
          close();
          toast({ text: t("roles.reverted", { version: nameOf(version) }) });
        },
      },
    );
  };
  const objects = new Map(kinds.map((kind) => [kind.name, kind.fields.map((field) => field.name)]));
  const [now, then] = [definition.body as RoleBody | null, other.data?.body as RoleBody | null | undefined];
  const changes = now && then ? differences(now, then, objects) : [];
  return (
    <Dialog title={t("roles.compare_title", { version: nameOf(version) })} close={close}>
      <form className={forms.form} onSubmit={submit}>
        {other.isPending && <RowSkeletons count={3} />}
        {other.isError && <ErrorNotice error={other.error} />}
        {now && then && changes.length === 0 && <p>{t("roles.compare_same")}</p>}
        {changes.length > 0 && (
          <>
            <p>{t("roles.compare_hint")}</p>
            <ChangeList role={definition.label} kinds={kinds} changes={changes} />
          </>
        )}
        <Textarea
          size="md"
          rows={2}
          label={t("roles.note")}
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {revert.isError && <ErrorNotice error={revert.error} />}
        <FormActions busy={revert.isPending} disabled={!other.isSuccess} cancel={close} submit={t("roles.revert")} />
      </form>
    </Dialog>
  );
}
