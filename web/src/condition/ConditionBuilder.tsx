import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { countQuery, type Condition } from "../api/records";
import { ActionIcon, Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { useErrorText } from "../ui/parts";
import styles from "./Condition.module.css";
import { FieldPicker } from "./FieldPicker";
import { isComplete, plainQuestionsFor, questionsFor, type QuestionName } from "./questions";
import { RuleEditor } from "./RuleEditor";
import type { Kind, Schema } from "./schema";
import {
  append, build, changeGroup, group, parse, quantifiers, related, replace, rule, type Group, type Node, type Quantifier,
  type Related, type Rule,
} from "./tree";
import { useReading } from "./useReading";
import { inWords, logicWords, nodeWords, type Reading } from "./words";

interface ConditionBuilderProps {
  /** The object on whose records the condition is asked. */
  object: string;
  logic: Condition | undefined;
  onChange: (logic: Condition | undefined) => void;
  /** Whether the records that match are counted while one edits. */
  counted?: boolean;
}

/** A condition as a tree of questions that all, any or none must hold; read aloud and counted below. */
export function ConditionBuilder({ object, logic, onChange, counted = true }: ConditionBuilderProps) {
  const { t } = useTranslation();
  const reading = useReading(logic, object);
  const { schema } = reading;
  const [tree, setTree] = useState(() => parse(logic, object, schema));
  const change = (next: Group) => {
    setTree(next);
    onChange(build(complete(next)) as Condition | undefined);
  };
  const words = inWords(complete(tree), object, reading);
  return (
    <div className={styles.builder}>
      <GroupEditor
        node={tree}
        object={object}
        reading={reading}
        edit={{
          replace: (key, by) => change(replace(tree, key, by)),
          append: (key, node) => change(append(tree, key, node)),
          change: (key, members) => change(changeGroup(tree, key, members)),
        }}
        depth={0}
      />
      <div className={styles.result} role="status">
        <p className={styles.reading}>
          <b>{t("condition.reading")}: </b>
          {words === "" ? t("condition.empty_group") : words}
        </p>
        {counted && <Count object={object} logic={build(complete(tree)) as Condition | undefined} />}
      </div>
    </div>
  );
}

/** The tree without what is still being entered. */
function complete(tree: Group): Group {
  return {
    ...tree,
    items: tree.items.flatMap((item): Node[] => {
      if (item.kind === "group") return [complete(item)];
      if (item.kind === "related") return [{ ...item, inside: complete(item.inside) }];
      return item.kind === "rule" && !isComplete(item.question, item.value) ? [] : [item];
    }),
  };
}

const typingPause = 300;

function Count({ object, logic }: { object: string; logic: Condition | undefined }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const [settled] = useDebouncedValue(logic, typingPause);
  const count = useQuery(countQuery(object, { filter: settled }));
  if (count.isError) return <p className={styles.refused}>{textOf(count.error)}</p>;
  if (count.data === undefined) return <p>{t("condition.counting")}</p>;
  return <p className={styles.count}>{t("condition.matches", { count: count.data })}</p>;
}

/** How the parts of the tree change it. */
interface Edit {
  replace: (key: number, by: Node | null) => void;
  append: (key: number, node: Node) => void;
  change: (key: number, members: Partial<Pick<Group, "join" | "negated">>) => void;
}

interface PartProps<N> {
  node: N;
  object: string;
  reading: Reading;
  edit: Edit;
  depth: number;
}

const joins = {
  and: { join: "and", negated: false },
  or: { join: "or", negated: false },
  not_or: { join: "or", negated: true },
  not_and: { join: "and", negated: true },
} as const;
type JoinName = keyof typeof joins;

const joinOf = ({ join, negated }: Group): JoinName => (negated ? `not_${join}` : join);
const deepest = 4;

function GroupEditor({ node, object, reading, edit, depth }: PartProps<Group>) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const added = useFocusOnAdded(list, node.items.length);
  const add = (one: Node) => {
    added();
    edit.append(node.key, one);
  };
  const sets = reading.schema.relatedSets(object);
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className={styles.hidden}>{t("condition.title")}</legend>
      <NativeSelect
        size="sm"
        className={styles.join}
        aria-label={t("condition.join")}
        value={joinOf(node)}
        onChange={(event) => edit.change(node.key, joins[event.currentTarget.value as JoinName])}
        data={(Object.keys(joins) as JoinName[]).map((value) => ({ value, label: t(`condition.${value}`) }))}
      />
      <ul ref={list} className={styles.items}>
        {node.items.map((item) => (
          <li key={item.key} className={styles.item} data-kind={item.kind}>
            <NodeEditor node={item} object={object} reading={reading} edit={edit} depth={depth} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={44}
              onClick={() => edit.replace(item.key, null)}
              aria-label={t("condition.remove_of", { what: nodeWords(item, object, reading) })}
            >
              <Icon name="close" size={18} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className={styles.add}>
        <Button variant="default" size="sm" leftSection={<Icon name="plus" size={16} />} onClick={() => add(firstRule(object, reading.schema))}>
          {t("condition.add_rule")}
        </Button>
        {depth < deepest && (
          <Button variant="subtle" size="sm" onClick={() => add(group(node.join === "and" ? "or" : "and", [firstRule(object, reading.schema)]))}>
            {t("condition.add_group")}
          </Button>
        )}
        {depth < deepest && sets[0] && (
          <Button variant="subtle" size="sm" onClick={() => sets[0] && add(related(sets[0].path))}>
            {t("condition.add_related")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** What a person adds takes the focus. */
function useFocusOnAdded(list: RefObject<HTMLUListElement | null>, count: number): () => void {
  const waits = useRef(false);
  useEffect(() => {
    if (!waits.current) return;
    waits.current = false;
    const one = list.current?.querySelector(":scope > li:last-child");
    (one?.querySelector<HTMLElement>("[role=combobox]") ?? one?.querySelector<HTMLElement>("select"))?.focus();
  }, [count, list]);
  return () => (waits.current = true);
}

const offered = (schema: Schema, kind: Kind): QuestionName[] => (schema.isForForms ? plainQuestionsFor(kind) : questionsFor(kind));

/** A question of the field that most conditions begin with: the first choice, else the first field. */
function firstRule(object: string, schema: Schema): Rule {
  const fields = schema.fields(object).filter(({ kind }) => kind !== "opaque");
  const field = fields.find(({ path }) => path === "temperature") ?? fields.find(({ kind }) => kind === "choice") ?? fields[0];
  const path = field?.path ?? "created_at";
  return rule(path, offered(schema, field?.kind ?? "instant")[0] ?? "not_empty");
}

function NodeEditor(props: PartProps<Node>) {
  const { node, ...rest } = props;
  switch (node.kind) {
    case "group":
      return <GroupEditor {...rest} node={node} depth={rest.depth + 1} />;
    case "related":
      return <RelatedEditor {...rest} node={node} />;
    case "rule":
      return <OneRule {...rest} node={node} />;
    case "raw":
      return <Kept {...rest} logic={node.logic} />;
  }
}

function OneRule({ node, object, reading, edit }: PartProps<Rule>) {
  const { t } = useTranslation();
  const field = reading.schema.find(object, node.path);
  const pick = (path: string) => {
    const kind = reading.schema.find(object, path)?.kind;
    const [question] = kind === undefined ? [] : offered(reading.schema, kind);
    if (question !== undefined) edit.replace(node.key, { ...rule(path, question), key: node.key });
  };
  return (
    <div className={styles.rule}>
      <FieldPicker
        label={t("condition.field")}
        hiddenLabel
        object={object}
        schema={reading.schema}
        value={node.path}
        onChange={pick}
        accepts={isTestable}
      />
      {field !== null && <RuleEditor field={field} rule={node} offered={offered(reading.schema, field.kind)} onChange={(next) => edit.replace(node.key, next)} />}
    </div>
  );
}

const isTestable = ({ kind }: { kind: string }): boolean => kind !== "opaque";

function RelatedEditor({ node, object, reading, edit, depth }: PartProps<Related>) {
  const { t } = useTranslation();
  const { schema } = reading;
  const sets = schema.relatedSets(object);
  const set = schema.related(object, node.path);
  const choose = (path: string) => edit.replace(node.key, { ...node, path, inside: { ...node.inside, items: [] } });
  const data = useMemo(() => {
    const known = sets.map(({ path, label }) => ({ value: path, label }));
    return known.some(({ value }) => value === node.path) ? known : [...known, { value: node.path, label: set?.label ?? node.path }];
  }, [sets, node.path, set]);
  return (
    <div className={styles.related}>
      <div className={styles.relatedHead}>
        <NativeSelect
          size="md"
          aria-label={t("condition.quantifier")}
          value={node.quantifier}
          onChange={(event) => edit.replace(node.key, { ...node, quantifier: event.currentTarget.value as Quantifier })}
          data={quantifiers.map((value) => ({ value, label: t(`condition.${value}`) }))}
        />
        <NativeSelect
          size="md"
          aria-label={t("condition.related_of")}
          value={node.path}
          onChange={(event) => choose(event.currentTarget.value)}
          data={data}
        />
      </div>
      {set !== null && <GroupEditor node={node.inside} object={set.object} reading={reading} edit={edit} depth={depth + 1} />}
    </div>
  );
}

/** A part without an editor: what it says, and how it is written. */
function Kept({ logic, object, reading }: Omit<PartProps<Node>, "node"> & { logic: unknown }) {
  const { t } = useTranslation();
  return (
    <div className={styles.kept}>
      <p>{logicWords(logic, object, reading)}</p>
      <details>
        <summary>{t("condition.kept")}</summary>
        <pre>
          <code>{JSON.stringify(logic, null, 2)}</code>
        </pre>
      </details>
    </div>
  );
}
