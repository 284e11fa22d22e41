import { NativeSelect, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import { ConditionBuilder } from "../../../condition/ConditionBuilder";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Bar } from "../design/Bar";
import { textFor } from "../design/body";
import { ExportButton } from "../design/ExportButton";
import { FieldChips } from "../design/FieldChips";
import { Checked, useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import { useDefinition } from "../design/useDefinition";
import { useDraft, type Draft } from "../design/useDraft";
import { Versions } from "../design/Versions";
import styles from "../Studio.module.css";
import { Actions } from "./Actions";
import { AfterInput } from "./AfterInput";
import { RulePreview } from "./RulePreview";
import { isTimed, joined, moments, split, wokenBy, type Moment, type RuleBody } from "./rule";

const route = getRouteApi("/app/studio/rules/$rule");

/** One rule: what sets it off, when it holds, what it does, and what it would have done. */
export function RulePage() {
  const { t } = useTranslation();
  const { rule } = route.useParams();
  const { definition, isPending, error } = useDefinition("rules", rule);
  const templates = useQuery(definitionsQuery("templates"));
  const failure = error ?? templates.error;
  return (
    <Page
      title={definition?.label ?? rule}
      back={<BackLink to="/studio/rules">{t("studio.rules.title")}</BackLink>}
      actions={definition?.body != null && <ExportButton kind="rules" name={rule} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {failure === null && (isPending || templates.isPending) && <RowSkeletons count={16} />}
      {definition !== undefined && templates.data !== undefined && <RuleEditor key={rule} definition={definition} templates={templates.data} />}
    </Page>
  );
}

function RuleEditor({ definition, templates }: { definition: Definition; templates: Definition[] }) {
  const { t } = useTranslation();
  const originals = [definition, ...templates].map(({ kind, name, version, body }) => ({ kind, name, version, body: body ?? null }));
  const draft = useDraft(`rules.${definition.name}`, originals);
  const body = draft.bodyOf("rules", definition.name) as RuleBody | null;
  if (body === null) {
    return (
      <>
        <EmptyState icon="task">{t((definition.versions ?? []).length > 0 ? "studio.withdrawn" : "studio.not_begun")}</EmptyState>
        <Versions definition={definition} />
      </>
    );
  }
  return (
    <Checked changed={draft.changed}>
      <RuleForm definition={definition} body={body} draft={draft} templates={templates} />
    </Checked>
  );
}

interface RuleFormProps {
  definition: Definition;
  body: RuleBody;
  draft: Draft;
  templates: Definition[];
}

function RuleForm({ definition, body, draft, templates }: RuleFormProps) {
  const { t, i18n } = useTranslation();
  const problemAt = useProblemAt("rules", body.rule);
  const replace = (next: RuleBody) => draft.change("rules", body.rule, next);
  const put = (more: Partial<RuleBody>) => replace({ ...body, ...more });
  return (
    <div className={styles.editor}>
      <Section title={t("studio.rules.about")}>
        <div className={styles.box}>
          <Switch
            size="md"
            label={t("studio.rules.on")}
            description={t("studio.rules.on_hint")}
            checked={body.off !== true}
            onChange={({ currentTarget }) => replace(switched(body, currentTarget.checked))}
          />
          <TextsInput label={t("studio.member.labels")} required value={body.labels} error={problemAt("/labels")} onChange={(labels) => put({ labels })} />
          <TextsInput
            label={t("studio.rules.group")}
            hint={t("studio.rules.group_hint")}
            value={body.group}
            error={problemAt("/group")}
            onChange={(group) => put({ group: Object.values(group).every((text) => text === "") ? undefined : group } as Partial<RuleBody>)}
          />
        </div>
      </Section>
      <Trigger body={body} put={put} replace={replace} />
      <Actions body={body} put={put} draft={draft} templates={templates} />
      <RulePreview body={body} draft={draft} />
      <Versions definition={definition} />
      <Bar title={textFor(body.labels, i18n.language, body.rule)} draft={draft} />
    </div>
  );
}

/** A rule that is on says nothing of it. */
function switched(body: RuleBody, on: boolean): RuleBody {
  const { off: _, ...rest } = body;
  return (on ? rest : { ...rest, off: true }) as RuleBody;
}

interface TriggerProps {
  body: RuleBody;
  put: (more: Partial<RuleBody>) => void;
  replace: (body: RuleBody) => void;
}

/** When a rule wakes, and what must hold then. */
function Trigger({ body, put, replace }: TriggerProps) {
  const { t } = useTranslation();
  const model = useModel();
  const problemAt = useProblemAt("rules", body.rule);
  const { changed, rest } = split(body.condition);
  const timed = isTimed(body.when);
  return (
    <Section title={t("studio.member.when")}>
      <div className={styles.box}>
        <div className={styles.pair}>
          <NativeSelect
            size="md"
            label={t("studio.member.when")}
            value={body.when}
            error={problemAt("/when")}
            onChange={({ currentTarget }) => replace(wokenBy(body, currentTarget.value as Moment))}
            data={moments.map((value) => ({ value, label: t(`studio.rules.when_${value}`) }))}
          />
          <div>
            <p className={styles.quiet}>{t("studio.member.object")}</p>
            <p className={styles.number}>{model.objectLabel(body.object)}</p>
          </div>
        </div>
        {body.when === "after" && <AfterInput body={body} put={put} />}
        {timed ? (
          <FieldChips
            label={t("studio.member.cause")}
            hint={t("studio.rules.cause_hint")}
            object={body.object}
            value={body.cause ?? []}
            onChange={(cause) => put({ cause })}
            error={problemAt("/cause")}
          />
        ) : (
          <FieldChips
            label={t("studio.rules.changed")}
            hint={t("studio.rules.changed_hint")}
            object={body.object}
            value={changed}
            onChange={(next) => put({ condition: joined({ changed: next, rest }) })}
          />
        )}
        <p>
          <b>{t("studio.member.condition")}</b>
        </p>
        <ConditionBuilder
          key={body.object}
          object={body.object}
          logic={rest}
          onChange={(next) => put({ condition: joined({ changed, rest: next }) })}
          counted={timed}
        />
        {problemAt("/condition") && <p className={styles.wrong}>{problemAt("/condition")}</p>}
      </div>
    </Section>
  );
}
