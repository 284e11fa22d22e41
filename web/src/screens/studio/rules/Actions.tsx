import { ActionIcon, Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import { Icon } from "../../../ui/icons";
import { MoveButtons } from "../../../ui/MoveButtons";
import { Section } from "../../../ui/parts";
import { moved, replaced, without } from "../design/body";
import { useProblemAt } from "../design/problems";
import type { Draft } from "../design/useDraft";
import styles from "../Studio.module.css";
import { useObjectOptions } from "./RulesPage";
import { SourceSelect } from "./SourceSelect";
import { TextOf } from "./TextOf";
import { deeds, type Action, type Deed, type RuleBody } from "./rule";
import { ValuesEditor } from "./ValuesEditor";

interface ActionsProps {
  body: RuleBody;
  put: (more: Partial<RuleBody>) => void;
  draft: Draft;
  templates: Definition[];
}

/** What a rule does, one thing after another. */
export function Actions({ body, put, draft, templates }: ActionsProps) {
  const { t } = useTranslation();
  const problemAt = useProblemAt("rules", body.rule);
  const { actions } = body;
  const set = (next: Action[]) => put({ actions: next });
  const wrong = actions.length === 0 ? problemAt("/actions") : undefined;
  return (
    <Section
      title={t("studio.member.actions")}
      count={actions.length}
      action={
        <Button
          variant="default"
          size="md"
          leftSection={<Icon name="plus" size={18} />}
          onClick={() => set([...actions, fresh("task", body)])}
        >
          {t("studio.rules.add_action")}
        </Button>
      }
    >
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      <ol className={styles.boxes}>
        {actions.map((action, index) => {
          const title = t(`studio.rules.do_${action.do}`);
          return (
            <li key={index} className={styles.box}>
              <div className={styles.boxHead}>
                <h3>{title}</h3>
                <span className={styles.tools}>
                  <MoveButtons what={title} index={index} count={actions.length} move={(by) => set(moved(actions, index, by))} />
                  <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: title })} onClick={() => set(without(actions, index))}>
                    <Icon name="trash" />
                  </ActionIcon>
                </span>
              </div>
              <ActionForm
                rule={body}
                index={index}
                action={action}
                change={(next) => set(replaced(actions, index, next))}
                draft={draft}
                templates={templates}
              />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** A new action with what its kind cannot do without. */
function fresh(deed: Deed, { rule, object }: RuleBody): Action {
  const owner = { var: object === "user" ? "id" : "owner" };
  switch (deed) {
    case "task":
      return { do: "task", template: rule, owner, due: { days: 7 }, values: object === "hcp" ? { hcp: { var: "id" } } : {} };
    case "notify":
      return { do: "notify", kind: "task", template: rule, to: owner };
    case "set":
      return { do: "set", values: {} };
    case "create":
      return { do: "create", object: "task", values: {} };
    case "start":
    case "stop":
      return { do: deed, playbook: "", for: { var: object === "hcp" ? "id" : "hcp" } };
  }
}

interface ActionFormProps {
  rule: RuleBody;
  index: number;
  action: Action;
  change: (action: Action) => void;
  draft: Draft;
  templates: Definition[];
}

function ActionForm({ rule, index, action, change, draft, templates }: ActionFormProps) {
  const { t } = useTranslation();
  const model = useModel();
  const objects = useObjectOptions();
  const problemAt = useProblemAt("rules", rule.rule);
  const wrong = (member: string) => problemAt(`/actions/${index}/${member}`);
  const put = (more: Partial<Action>) => change({ ...action, ...more });
  const references = model.references(rule.object);
  const books = useQuery({ ...definitionsQuery("playbooks"), enabled: isPlaybook(action) }).data ?? [];
  const book = books.find(({ name }) => name === action.playbook);
  const target = targetOf(action, rule, (field) => references.find(({ name }) => name === field)?.reference);
  return (
    <>
      <div className={styles.pair}>
        <NativeSelect
          size="md"
          label={t("studio.member.do")}
          error={wrong("do")}
          value={action.do}
          onChange={({ currentTarget }) => change(fresh(currentTarget.value as Deed, rule))}
          data={deeds.map((value) => ({ value, label: t(`studio.rules.do_${value}`) }))}
        />
        {action.do === "task" && (
          <SourceSelect label={t("studio.member.owner")} object={rule.object} target="user" value={action.owner} error={wrong("owner")} onChange={(owner) => put({ owner })} />
        )}
        {action.do === "notify" && (
          <SourceSelect label={t("studio.member.to")} object={rule.object} target="user" value={action.to} error={wrong("to")} onChange={(to) => put({ to })} />
        )}
        {action.do === "task" && <Due action={action} put={put} change={change} error={wrong("due")} />}
        {action.do === "notify" && (
          <NativeSelect
            size="md"
            label={t("studio.member.kind")}
            error={wrong("kind")}
            value={action.kind ?? ""}
            onChange={({ currentTarget }) => put({ kind: currentTarget.value })}
            data={model.choices("notification", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
          />
        )}
        {action.do === "create" && (
          <NativeSelect
            size="md"
            label={t("studio.member.object")}
            error={wrong("object")}
            value={action.object ?? ""}
            onChange={({ currentTarget }) => change({ do: "create", object: currentTarget.value, values: {} })}
            data={objects}
          />
        )}
        {isPlaybook(action) && (
          <NativeSelect
            size="md"
            label={t("studio.member.playbook")}
            error={wrong("playbook")}
            value={action.playbook ?? ""}
            onChange={({ currentTarget }) => put({ playbook: currentTarget.value })}
            data={[{ value: "", label: "" }, ...books.map(({ name, label }) => ({ value: name, label }))]}
          />
        )}
        {isPlaybook(action) && (
          <SourceSelect
            label={t("studio.member.for")}
            object={rule.object}
            target={typeof book?.body?.["object"] === "string" ? book.body["object"] : "hcp"}
            value={action.for}
            error={wrong("for")}
            onChange={(source) => put({ for: source })}
          />
        )}
        {action.do === "set" && (
          <NativeSelect
            size="md"
            label={t("studio.rules.set_on")}
            error={wrong("on")}
            value={action.on ?? ""}
            onChange={({ currentTarget }) => change({ do: "set", ...(currentTarget.value === "" ? {} : { on: currentTarget.value }), values: {} })}
            data={[
              { value: "", label: t("studio.rules.set_self") },
              ...references.map(({ name }) => ({ value: name, label: model.fieldLabel(rule.object, name) })),
            ]}
          />
        )}
      </div>
      {(action.do === "task" || action.do === "notify") && (
        <TextOf rule={rule} template={action.template ?? ""} choose={(template) => put({ template })} draft={draft} templates={templates} error={wrong("template")} />
      )}
      {action.do === "notify" && (
        <Switch
          size="md"
          label={t("studio.rules.gather")}
          checked={action.gather === true}
          onChange={({ currentTarget }) => {
            const { gather: _, ...rest } = action;
            change((currentTarget.checked ? { ...rest, gather: true } : rest) as Action);
          }}
        />
      )}
      {target !== undefined && (
        <ValuesEditor object={rule.object} target={target} values={action.values ?? {}} onChange={(values) => put({ values })} error={wrong("values")} />
      )}
    </>
  );
}

const isPlaybook = ({ do: deed }: Action): boolean => deed === "start" || deed === "stop";

/** Whose fields an action fills in. */
function targetOf(action: Action, rule: RuleBody, referred: (field: string) => string | undefined): string | undefined {
  if (action.do === "task") return "task";
  if (action.do === "notify") return "notification";
  if (action.do === "create") return action.object;
  if (action.do === "start") return "playbook_run";
  if (action.do === "stop") return undefined;
  return action.on === undefined ? rule.object : referred(action.on);
}

interface DueProps {
  action: Action;
  put: (more: Partial<Action>) => void;
  change: (action: Action) => void;
  error: string | undefined;
}

const dues = ["days", "month_end", "none"] as const;

function Due({ action, put, change, error }: DueProps) {
  const { t } = useTranslation();
  const { due } = action;
  const kind = due === undefined ? "none" : due === "month_end" ? "month_end" : "days";
  const choose = (next: (typeof dues)[number]) => {
    const { due: _, ...rest } = action;
    if (next === "none") return change(rest as Action);
    put({ due: next === "month_end" ? next : { days: 7 } });
  };
  return (
    <>
      <NativeSelect
        size="md"
        label={t("studio.member.due")}
        error={error}
        value={kind}
        onChange={({ currentTarget }) => choose(currentTarget.value as (typeof dues)[number])}
        data={dues.map((value) => ({ value, label: t(`studio.rules.due_${value}`) }))}
      />
      {typeof due === "object" && (
        <TextInput
          size="md"
          type="number"
          label={t("studio.member.days")}
          min={0}
          max={3660}
          required
          withAsterisk={false}
          value={String(due.days)}
          onChange={({ currentTarget }) => put({ due: { days: Math.trunc(Number(currentTarget.value)) } })}
        />
      )}
    </>
  );
}
