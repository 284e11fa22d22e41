import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { allDefinitionsQuery, type Definition } from "../../../api/definitions";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { useDefinitionLabel, useKindWord } from "../design/kinds";
import { OriginMark } from "../design/OriginMark";
import { Published } from "../design/Versions";
import styles from "../Studio.module.css";

/** Kinds that have screens of their own. */
const designed = new Set(["objects", "rules", "dashboards", "roles"]);

/** Every other definition, kind by kind: the texts of tasks, the sentences of errors, and whatever comes with a newer server. */
export function OtherPage() {
  const { t } = useTranslation();
  const kindWord = useKindWord();
  const all = useQuery(allDefinitionsQuery());
  const kinds = [...new Set((all.data ?? []).map(({ kind }) => kind))].filter((kind) => !designed.has(kind));
  return (
    <Page title={t("studio.other.title")} hint={t("studio.other.hint")}>
      {all.isPending && <RowSkeletons />}
      {all.isError && <ErrorNotice error={all.error} retry={() => void all.refetch()} />}
      {kinds.map((kind) => (
        <Kind key={kind} title={kindWord(kind)} rows={(all.data ?? []).filter((one) => one.kind === kind)} />
      ))}
    </Page>
  );
}

function Kind({ title, rows }: { title: string; rows: Definition[] }) {
  const { t } = useTranslation();
  const labelOf = useDefinitionLabel();
  return (
    <Section title={title} count={rows.length}>
      <Table
        label={title}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          {
            key: "name",
            head: title,
            cell: ({ kind, name, label }) => (
              <Link to="/studio/other/$kind/$name" params={{ kind, name }} className={styles.link} data-item>
                {labelOf({ kind, name, label })}
              </Link>
            ),
          },
          { key: "code", head: t("studio.objects.code"), cell: ({ name }) => <code className={styles.code}>{name}</code> },
          { key: "state", head: t("studio.state"), cell: (row) => <OriginMark definition={row} /> },
          { key: "published", head: t("studio.last_change"), cell: (row) => <Published row={row} /> },
        ]}
      />
    </Section>
  );
}
