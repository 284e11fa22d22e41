import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { textFor, type Texts } from "../design/body";
import { NewDialog, ObjectSelect } from "../design/NewDialog";
import { OriginMark } from "../design/OriginMark";
import { begin } from "../design/useDefinition";
import { Published } from "../design/Versions";
import styles from "../Studio.module.css";
import { grouped, type RuleBody } from "./rule";

/** Everything that happens by itself, and what sets it off. */
export function RulesPage() {
  const { t, i18n } = useTranslation();
  const [adding, setAdding] = useState(false);
  const rules = useQuery(definitionsQuery("rules"));
  return (
    <Page
      title={t("studio.rules.title")}
      hint={t("studio.rules.hint")}
      actions={
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t("studio.rules.add")}
        </Button>
      }
    >
      {rules.isPending && <RowSkeletons />}
      {rules.isError && <ErrorNotice error={rules.error} retry={() => void rules.refetch()} />}
      {grouped(rules.data ?? [], (group) => textFor(group, i18n.language, ""), t("studio.rules.no_group")).map((group) => (
        <Section key={group.title} title={group.title}>
          <RulesTable label={group.title} rules={group.rules} />
        </Section>
      ))}
      {adding && <NewRule taken={(rules.data ?? []).map(({ name }) => name)} close={() => setAdding(false)} />}
    </Page>
  );
}

function RulesTable({ label, rules }: { label: string; rules: Definition[] }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Table
      label={label}
      rows={rules}
      rowKey={({ name }) => name}
      columns={[
        {
          key: "name",
          head: t("studio.rules.rule"),
          cell: ({ name, label, body }) => (
            <span className={styles.marks}>
              <Link to="/studio/rules/$rule" params={{ rule: name }} className={styles.link} data-item>
                {label}
              </Link>
              {(body as unknown as RuleBody | null)?.off === true && <Badge icon="moon">{t("studio.member.off")}</Badge>}
            </span>
          ),
        },
        {
          key: "object",
          head: t("studio.member.object"),
          cell: ({ body }) => (body == null ? "–" : model.objectLabel((body as unknown as RuleBody).object)),
        },
        {
          key: "when",
          head: t("studio.member.when"),
          cell: ({ body }) => (body == null ? "–" : t(`studio.rules.when_${(body as unknown as RuleBody).when}`)),
        },
        { key: "state", head: t("studio.state"), cell: (row) => <OriginMark definition={row} /> },
        { key: "published", head: t("studio.last_change"), cell: (row) => <Published row={row} /> },
      ]}
    />
  );
}

/** The kinds of records that rules can speak of, by their labels. */
export function useObjectOptions(): { value: string; label: string }[] {
  const model = useModel();
  return model
    .objectNames()
    .map((value) => ({ value, label: model.objectLabel(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

function NewRule({ taken, close }: { taken: string[]; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [object, setObject] = useState("hcp");
  const objects = useObjectOptions();
  const start = (rule: string, labels: Texts) => {
    const template = { template: rule, subject: labels, body: labels };
    const owner = { var: object === "hcp" ? "owner" : "created_by" };
    const body: RuleBody = {
      rule,
      labels,
      object,
      when: "change",
      condition: {},
      actions: [{ do: "task", template: rule, owner, due: { days: 7 }, values: object === "hcp" ? { hcp: { var: "id" } } : {} }],
    };
    begin(`rules.${rule}`, [
      { kind: "templates", name: rule, body: template },
      { kind: "rules", name: rule, body },
    ]);
    void navigate({ to: "/studio/rules/$rule", params: { rule } });
  };
  return (
    <NewDialog title={t("studio.rules.add")} taken={taken} begin={start} close={close}>
      <ObjectSelect label={t("studio.member.object")} value={object} onChange={setObject} objects={objects} />
    </NewDialog>
  );
}
