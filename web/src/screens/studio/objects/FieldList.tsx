import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionIcon, Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { EmptyState, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { inARow } from "../../../lib/inARow";
import { itemName, textFor, type DefinedField, type ObjectBody } from "../design/body";
import { useProblemAt } from "../design/problems";
import styles from "../Studio.module.css";
import { FieldDialog } from "./FieldDialog";
import { useTypeWord } from "./types";

interface FieldListProps {
  body: ObjectBody;
  /** As it is in force: what is there already keeps its name and type. */
  published: ObjectBody | null;
  change: (body: ObjectBody) => void;
  /** The field that is open; an empty name stands for a new one. */
  open: string | undefined;
  onOpen: (field: string | undefined) => void;
}

const newField = "+";

/** Every field of an object, found by a few letters; each opens to be changed. */
export function FieldList({ body, published, change, open, onOpen }: FieldListProps) {
  const { t, i18n } = useTranslation();
  const typeWord = useTypeWord();
  const problemAt = useProblemAt("objects", body.object);
  const [letters, setLetters] = useState("");
  const labelOf = (field: DefinedField) => textFor(field.labels, i18n.language, field.name);
  const wanted = letters.trim().toLowerCase();
  const rows = body.fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => wanted === "" || labelOf(field).toLowerCase().includes(wanted) || field.name.includes(wanted));
  const opened = open === undefined || open === newField ? undefined : body.fields.find(({ name }) => name === open);
  return (
    <Section
      title={t("studio.objects.fields")}
      count={body.fields.length}
      action={
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => onOpen(newField)}>
          {t("studio.objects.add_field")}
        </Button>
      }
    >
      <TextInput
        size="md"
        type="search"
        aria-label={t("studio.objects.find_field")}
        placeholder={t("studio.objects.find_field")}
        leftSection={<Icon name="search" size={18} />}
        value={letters}
        onChange={({ currentTarget }) => setLetters(currentTarget.value)}
      />
      {rows.length === 0 ? (
        <EmptyState icon="search">{t("studio.objects.no_field")}</EmptyState>
      ) : (
        <Table
          label={t("studio.objects.fields")}
          rows={rows}
          rowKey={({ field }) => field.name}
          columns={[
            {
              key: "label",
              head: t("studio.objects.field"),
              cell: ({ field, index }) => (
                <>
                  <span className={styles.marks}>
                    {labelOf(field)}
                    <Marks field={field} published={published} />
                  </span>
                  {problemAt(`/fields/${index}`) && <p className={styles.wrong}>{problemAt(`/fields/${index}`)}</p>}
                </>
              ),
            },
            { key: "name", head: t("studio.objects.code"), cell: ({ field }) => <code className={styles.code}>{field.name}</code> },
            { key: "type", head: t("studio.objects.type"), cell: ({ field }) => typeWord(field.type) },
            { key: "where", head: t("studio.objects.section"), cell: ({ field }) => sectionsOf(body, field.name, i18n.language) || "–" },
            {
              key: "edit",
              head: t("studio.change"),
              bare: true,
              corner: true,
              cell: ({ field }) => (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={44}
                  aria-label={t("studio.change_of", { what: labelOf(field) })}
                  onClick={() => onOpen(field.name)}
                >
                  <Icon name="pen" />
                </ActionIcon>
              ),
            },
          ]}
        />
      )}
      {(open === newField || opened !== undefined) && (
        <FieldDialog key={open} body={body} published={published} field={opened} change={change} close={() => onOpen(undefined)} />
      )}
    </Section>
  );
}

function Marks({ field, published }: { field: DefinedField; published: ObjectBody | null }) {
  const { t } = useTranslation();
  const before = published?.fields.find(({ name }) => name === field.name);
  return (
    <>
      {before === undefined && <Badge tone="accent">{t("studio.objects.new")}</Badge>}
      {before !== undefined && JSON.stringify(before) !== JSON.stringify(field) && <Badge tone="accent">{t("studio.objects.changed")}</Badge>}
      {field.required === true && <Badge>{t("studio.member.required")}</Badge>}
      {field.system === true && <Badge>{t("studio.member.system")}</Badge>}
    </>
  );
}

/** The sections of the form in which a field stands. */
function sectionsOf(body: ObjectBody, field: string, language: string): string {
  const sections = (body.layouts?.form ?? []).filter(({ fields }) => fields.some((item) => itemName(item) === field));
  // Kinds of people may have a section of the same name each.
  return inARow(language, [...new Set(sections.map(({ labels }) => textFor(labels, language, "")))]);
}
