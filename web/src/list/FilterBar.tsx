import { useState, type ComponentPropsWithoutRef } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "../api/records";
import { ConditionBuilder } from "../condition/ConditionBuilder";
import { FieldPicker } from "../condition/FieldPicker";
import { isComplete, questions, questionsFor } from "../condition/questions";
import { RuleEditor } from "../condition/RuleEditor";
import type { PathField } from "../condition/schema";
import { build, group, parse, rule, type Rule } from "../condition/tree";
import { useReading, useSchema } from "../condition/useReading";
import { nodeWords } from "../condition/words";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/Popover";
import { conjunction } from "./address";
import { chipsOf } from "./chips";
import styles from "./List.module.css";
import type { ListState } from "./useListState";

/** The conditions of a list as chips, each changed where it stands, and the way to those that are nested. */
export function FilterBar({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const [building, setBuilding] = useState(false);
  const schema = useSchema();
  const parts = chipsOf(list.filter, list.object, schema);
  const put = (next: Condition[]) => list.set({ filter: conjunction(next) ?? {} }, { push: true });
  return (
    <div className={styles.filters} role="group" aria-label={t("list.filters")}>
      {parts.map((part, at) => (
        <FilterChip
          key={`${at}/${parts.length}`}
          object={list.object}
          part={part}
          change={(next) => put(parts.map((one, index) => (index === at ? next : one)))}
          remove={() => put(parts.filter((_, index) => index !== at))}
          build={() => setBuilding(true)}
        />
      ))}
      <AddFilter object={list.object} add={(part) => put([...parts, part])} />
      <Button variant="subtle" size="compact-md" className={styles.tool} onClick={() => setBuilding(true)}>
        {t("list.conditions")}
      </Button>
      {parts.length > 0 && (
        <Button variant="subtle" color="gray" size="compact-md" className={styles.tool} onClick={() => put([])}>
          {t("list.clear_filters")}
        </Button>
      )}
      {building && <BuilderDialog list={list} close={() => setBuilding(false)} />}
    </div>
  );
}

interface FilterChipProps {
  object: string;
  part: Condition;
  change: (part: Condition) => void;
  remove: () => void;
  build: () => void;
}

/** One condition in words; a press opens what it asks. */
function FilterChip({ object, part, change, remove, build: openBuilder }: FilterChipProps) {
  const { t } = useTranslation();
  const reading = useReading(part, object);
  const tree = parse(part, object, reading.schema);
  const node = tree.items.length === 1 && !tree.negated ? tree.items[0] : tree;
  const words = node === undefined ? "" : nodeWords(node, object, reading);
  const field = node?.kind === "rule" ? reading.schema.find(object, node.path) : null;
  return (
    <span className={styles.chip}>
      {node?.kind === "rule" && field !== null ? (
        <Popover label={words} trigger={(props) => <ChipFace words={words} {...props} />}>
          {(close) => <RuleForm field={field} rule={node} save={change} close={close} />}
        </Popover>
      ) : (
        <ChipFace words={words} onClick={openBuilder} />
      )}
      <button type="button" className={styles.chipRemove} onClick={remove} aria-label={t("list.remove_filter", { what: words })}>
        <Icon name="close" size={14} />
      </button>
    </span>
  );
}

function ChipFace({ words, ...button }: ComponentPropsWithoutRef<"button"> & { words: string }) {
  return (
    <button type="button" className={styles.chipFace} {...button}>
      <span className={styles.chipWords}>{words}</span>
    </button>
  );
}

interface RuleFormProps {
  field: PathField;
  rule: Rule;
  save: (part: Condition) => void;
  close: () => void;
}

/** A question and its value; kept when one says so, or presses Enter. */
function RuleForm({ field, rule: begun, save, close }: RuleFormProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState(begun);
  const ready = isComplete(edited.question, edited.value);
  const apply = () => {
    if (!ready) return;
    save(build(group("and", [edited])) as Condition);
    close();
  };
  return (
    <form
      className={styles.ruleForm}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <p className={styles.ruleField}>{field.through === null ? field.label : `${field.through} › ${field.label}`}</p>
      <RuleEditor field={field} rule={edited} onChange={setEdited} />
      <Button type="submit" size="sm" disabled={!ready}>
        {t("list.apply")}
      </Button>
    </form>
  );
}

function AddFilter({ object, add }: { object: string; add: (part: Condition) => void }) {
  const { t } = useTranslation();
  return (
    <Popover
      label={t("list.add_filter")}
      trigger={(props) => (
        <Button variant="default" size="compact-md" className={styles.tool} leftSection={<Icon name="filter" size={16} />} {...props}>
          {t("list.add_filter")}
        </Button>
      )}
    >
      {(close) => <NewFilter object={object} add={add} close={close} />}
    </Popover>
  );
}

/** First the field, then what is asked of it. */
function NewFilter({ object, add, close }: { object: string; add: (part: Condition) => void; close: () => void }) {
  const { t } = useTranslation();
  const { schema } = useReading(undefined, object);
  const [path, setPath] = useState<string | null>(null);
  const field = path === null ? null : schema.find(object, path);
  if (field === null || path === null) {
    return (
      <FieldPicker label={t("condition.field")} hiddenLabel open object={object} schema={schema} value={null} onChange={setPath} accepts={isTestable} />
    );
  }
  const question = questionsFor(field.kind)[0] ?? "not_empty";
  return <RuleForm field={field} rule={rule(path, question, questions[question].begin)} save={add} close={close} />;
}

const isTestable = ({ kind }: PathField): boolean => kind !== "opaque";

/** All conditions as a tree. What is entered counts at once, and is taken into the list when one says so. */
function BuilderDialog({ list, close }: { list: ListState; close: () => void }) {
  const { t } = useTranslation();
  const [logic, setLogic] = useState(list.filter);
  const apply = () => {
    list.set({ filter: logic ?? {} }, { push: true });
    close();
  };
  return (
    <Dialog
      title={t("list.conditions")}
      form="panel"
      close={close}
      actions={
        <>
          <Button size="md" onClick={apply}>
            {t("list.apply")}
          </Button>
          <Button size="md" variant="default" onClick={close}>
            {t("app.cancel")}
          </Button>
        </>
      }
    >
      <ConditionBuilder object={list.object} logic={logic} onChange={setLogic} />
    </Dialog>
  );
}
