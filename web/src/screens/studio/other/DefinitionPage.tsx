import { Button, Switch } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Body, Definition } from "../../../api/definitions";
import { needArea } from "../../../i18n";
import { JsonInput, jsonError } from "../../../ui/JsonInput";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Bar } from "../design/Bar";
import { ExportButton } from "../design/ExportButton";
import { useDefinitionLabel, useKindWord } from "../design/kinds";
import { Checked, useProblems } from "../design/problems";
import { useDefinition } from "../design/useDefinition";
import { useDraft } from "../design/useDraft";
import { Versions } from "../design/Versions";
import styles from "../Studio.module.css";
import { schemaOf, SchemaForm } from "./SchemaForm";
import { ScorePreview } from "./ScorePreview";

/** Where a playbook is published anew, its runs that do not know of it are in sight. */
const OldVersions = lazy(async () => {
  await needArea("playbooks");
  return { default: (await import("../../playbooks/OldVersions")).OldVersions };
});

const route = getRouteApi("/app/studio/other/$kind/$name");

/** Any definition: as a form made from the schema of its kind, or as it is written. */
export function DefinitionPage() {
  const { t } = useTranslation();
  const { kind, name } = route.useParams();
  const kindWord = useKindWord();
  const labelOf = useDefinitionLabel();
  const { definition, isPending, error } = useDefinition(kind, name);
  return (
    <Page
      title={definition === undefined ? name : labelOf(definition)}
      hint={kindWord(kind)}
      back={<BackLink to="/studio/other">{t("studio.other.title")}</BackLink>}
      actions={definition?.body != null && <ExportButton kind={kind} name={name} />}
    >
      {isPending && <RowSkeletons count={12} />}
      {error !== null && <ErrorNotice error={error} />}
      {kind === "playbooks" && (
        <Suspense>
          <OldVersions />
        </Suspense>
      )}
      {definition !== undefined && <DefinitionEditor key={`${kind}/${name}`} definition={definition} />}
    </Page>
  );
}

function DefinitionEditor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const { kind, name, version } = definition;
  const draft = useDraft(`${kind}.${name}`, [{ kind, name, version, body: definition.body ?? null }]);
  const schema = schemaOf(kind);
  const [asText, setAsText] = useState(schema === undefined);
  const body = draft.bodyOf(kind, name);
  if (body === null) {
    return (
      <>
        <EmptyState icon="task">{t("studio.withdrawn")}</EmptyState>
        <Versions definition={definition} />
      </>
    );
  }
  const change = (next: Body) => draft.change(kind, name, next);
  return (
    <Checked changed={draft.changed}>
      <div className={styles.editor}>
        <Section
          title={t("studio.other.content")}
          action={
            schema !== undefined && (
              <Switch size="md" label={t("studio.other.as_text")} checked={asText} onChange={({ currentTarget }) => setAsText(currentTarget.checked)} />
            )
          }
        >
          {asText || schema === undefined ? (
            <AsText body={body} change={change} />
          ) : (
            <SchemaForm kind={kind} name={name} schema={schema} body={body} change={change} />
          )}
          <Found />
        </Section>
        {kind === "scores" && <ScorePreview name={name} body={body} />}
        <Versions definition={definition} />
        <Bar title={definition.label} draft={draft} />
      </div>
    </Checked>
  );
}

/** What is wrong, with its place: a form shows it at the field, a text has no fields. */
function Found() {
  const { problems } = useProblems();
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map(({ pointer, message }) => (
        <li key={`${pointer} ${message}`}>
          {message} <code className={styles.pointer}>{pointer}</code>
        </li>
      ))}
    </ul>
  );
}

function AsText({ body, change }: { body: Body; change: (body: Body) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(body, null, 2));
  const [isTaken, setTaken] = useState(true);
  const take = () => {
    change(JSON.parse(text) as Body);
    setTaken(true);
  };
  return (
    <div className={styles.json}>
      <JsonInput
        label={t("studio.other.text")}
        value={text}
        onChange={(next) => {
          setText(next);
          setTaken(false);
        }}
      />
      <Button size="md" variant="default" mt="sm" disabled={isTaken || jsonError(text) !== null} onClick={take}>
        {t("studio.take_over")}
      </Button>
    </div>
  );
}
