import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery } from "../../../api/definitions";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import type { ObjectBody } from "../design/body";
import { OriginMark } from "../design/OriginMark";
import { Published } from "../design/Versions";
import styles from "../Studio.module.css";
import { NewObject } from "./NewObject";

/** All kinds of records: each opens with its fields and forms. */
export function ObjectsPage() {
  const { t, i18n } = useTranslation();
  const [adding, setAdding] = useState(false);
  const objects = useQuery(definitionsQuery("objects"));
  const collator = new Intl.Collator(i18n.language);
  const rows = [...(objects.data ?? [])].sort((one, other) => collator.compare(one.label, other.label));
  return (
    <Page
      title={t("studio.objects.title")}
      hint={t("studio.objects.hint")}
      actions={
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t("studio.objects.add_object")}
        </Button>
      }
    >
      {objects.isPending && <RowSkeletons />}
      {objects.isError && <ErrorNotice error={objects.error} retry={() => void objects.refetch()} />}
      {objects.data && (
        <Table
          label={t("studio.objects.title")}
          rows={rows}
          rowKey={({ name }) => name}
          columns={[
            {
              key: "name",
              head: t("studio.objects.name"),
              cell: ({ name, label }) => (
                <Link to="/studio/objects/$object" params={{ object: name }} className={styles.link} data-item>
                  {label}
                </Link>
              ),
            },
            {
              key: "fields",
              head: t("studio.objects.fields"),
              align: "end",
              cell: ({ body }) => (body as unknown as ObjectBody | null)?.fields.length ?? "–",
            },
            { key: "state", head: t("studio.state"), cell: (row) => <OriginMark definition={row} /> },
            { key: "published", head: t("studio.last_change"), cell: (row) => <Published row={row} /> },
          ]}
        />
      )}
      {adding && <NewObject taken={rows.map(({ name }) => name)} close={() => setAdding(false)} />}
    </Page>
  );
}
