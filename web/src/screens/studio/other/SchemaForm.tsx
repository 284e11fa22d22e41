import { ActionIcon, Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Body } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import type { Condition } from "../../../api/records";
import { ConditionBuilder } from "../../../condition/ConditionBuilder";
import { Icon } from "../../../ui/icons";
import { MoveButtons } from "../../../ui/MoveButtons";
import { moved, replaced, textFor, without, type Texts } from "../design/body";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import { useMemberWord, useValueWord } from "../design/words";
import styles from "../Studio.module.css";
import { JsonPart } from "./JsonPart";
import { KeyedPart } from "./KeyedPart";
import { WordsPart } from "./WordsPart";

/** As much of JSON Schema as the schemas of definitions use. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: string[];
  description?: string;
  additionalProperties?: boolean | Schema;
  $ref?: string;
  $defs?: Record<string, Schema>;
  pattern?: string;
  maxLength?: number;
}

const files = import.meta.glob<Schema>("../../../../../schemas/*.schema.json", { eager: true, import: "default" });

/** The schema of a kind: a file is named after one definition, a kind after many. */
export function schemaOf(kind: string): Schema | undefined {
  const found = Object.entries(files).find(([path]) => {
    const name = /([^/]+)\.schema\.json$/.exec(path)?.[1] ?? "";
    return name === kind || `${name}s` === kind;
  });
  return found?.[1];
}

interface SchemaFormProps {
  kind: string;
  name: string;
  schema: Schema;
  body: Body;
  change: (body: Body) => void;
}

/** A definition as a form that follows from the schema of its kind; what a form cannot say is edited as text. */
export function SchemaForm({ kind, name, schema, body, change }: SchemaFormProps) {
  const problemAt = useProblemAt(kind, name);
  const object = typeof body["object"] === "string" ? body["object"] : "";
  return (
    <div className={styles.box}>
      <Part
        kind={kind}
        root={schema}
        schema={schema}
        label={name}
        value={body}
        change={(next) => change(next as Body)}
        pointer=""
        problemAt={problemAt}
        object={object}
        isTop
      />
    </div>
  );
}

interface PartProps {
  kind: string;
  root: Schema;
  schema: Schema;
  label: string;
  value: unknown;
  change: (value: unknown) => void;
  pointer: string;
  problemAt: (pointer: string) => string | undefined;
  /** Whose records a condition speaks of. */
  object: string;
  required?: boolean;
  isTop?: boolean;
}

type Members = Record<string, unknown>;
const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

function resolved(root: Schema, schema: Schema): { schema: Schema; named: string | null } {
  const named = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1] ?? null;
  const found = named === null ? undefined : root.$defs?.[named];
  if (found === undefined) return { schema, named };
  // What is said of all names says nothing of this one.
  const { description: _, ...rest } = found;
  return { schema: { ...rest, ...(schema.description === undefined ? {} : { description: schema.description }) }, named };
}

/** Schemas are written in English, for those who write definitions. */
function spoken(schema: Schema, language: string): Schema {
  if (language === "en") return schema;
  const { description: _, ...rest } = schema;
  return rest;
}

function Part(props: PartProps) {
  const { root, label, value, change, pointer, problemAt, object, required = false } = props;
  const model = useModel();
  const { i18n } = useTranslation();
  const valueWord = useValueWord();
  const { schema: found, named } = resolved(root, props.schema);
  const schema = spoken(found, i18n.language);
  const error = problemAt(pointer);
  const common = { label, error, size: "md" as const, description: schema.description, required, withAsterisk: false };
  if (named === "label") {
    return <TextsInput label={label} hint={schema.description} long={isLong(value)} maxLength={4000} required={required} value={value as Texts | undefined} error={error} onChange={change} />;
  }
  if (named === "condition" && model.object(object) !== undefined) {
    return <ConditionPart label={label} object={object} value={value} change={change} error={error} />;
  }
  if (schema.enum !== undefined) {
    return (
      <NativeSelect
        {...common}
        value={typeof value === "string" ? value : ""}
        onChange={({ currentTarget }) => change(currentTarget.value || undefined)}
        data={[...(required ? [] : [{ value: "", label: "" }]), ...schema.enum.map((value) => ({ value, label: valueWord(value) }))]}
      />
    );
  }
  switch (schema.type) {
    case "boolean":
      return <Switch size="md" label={label} description={schema.description} checked={value === true} onChange={({ currentTarget }) => change(currentTarget.checked || undefined)} />;
    case "integer":
    case "number":
      return (
        <TextInput
          {...common}
          type="number"
          step={schema.type === "integer" ? 1 : "any"}
          value={typeof value === "number" ? String(value) : ""}
          onChange={({ currentTarget }) => change(currentTarget.value === "" ? undefined : Number(currentTarget.value))}
        />
      );
    case "string":
      return <TextInput {...common} value={typeof value === "string" ? value : ""} onChange={({ currentTarget }) => change(currentTarget.value || undefined)} />;
    case "array":
      if (schema.items === undefined) return <JsonPart {...props} />;
      if (isManyWords(schema.items)) return <WordsPart {...props} description={schema.description} />;
      return <ListPart {...props} schema={schema} items={schema.items} />;
    case "object":
      if (schema.properties !== undefined) return <ObjectPart {...props} schema={schema} properties={schema.properties} />;
      return <NamedParts {...props} schema={schema} />;
    default:
      return <JsonPart {...props} />;
  }
}

const isLong = (value: unknown): boolean => isMembers(value) && Object.values(value).some((text) => typeof text === "string" && text.length > 60);

/** Words and patterns are many, and each may be long; names and codes are neither. */
const isManyWords = (items: Schema): boolean => items.type === "string" && (items.maxLength ?? 0) > 1000;

/** Parts under names of one's own, where the schema says what stands there and a form can show it; else as text. */
function NamedParts({ schema, ...props }: PartProps) {
  const inner = schema.additionalProperties;
  const kind = typeof inner === "object" ? resolved(props.root, inner).schema : undefined;
  if (props.isTop === true || typeof inner !== "object" || (kind?.enum === undefined && kind?.properties === undefined)) {
    return <JsonPart {...props} />;
  }
  return (
    <KeyedPart
      label={props.label}
      description={schema.description}
      value={props.value}
      begun={kind.enum?.[0] ?? {}}
      change={props.change}
      part={(name, value, change) => (
        <Part {...props} schema={inner} label={name} value={value} change={change} pointer={`${props.pointer}/${name}`} required />
      )}
    />
  );
}

interface ConditionPartProps {
  label: string;
  object: string;
  value: unknown;
  change: (value: unknown) => void;
  error: string | undefined;
}

function ConditionPart({ label, object, value, change, error }: ConditionPartProps) {
  const logic = isMembers(value) && Object.keys(value).length > 0 ? (value as Condition) : undefined;
  return (
    <div className={styles.texts}>
      <p>
        <b>{label}</b>
      </p>
      <ConditionBuilder key={object} object={object} logic={logic} onChange={(next) => change(next ?? {})} counted={false} />
      {error !== undefined && <p className={styles.wrong}>{error}</p>}
    </div>
  );
}

function ObjectPart({ properties, schema, ...props }: PartProps & { properties: Record<string, Schema> }) {
  const wordOf = useMemberWord(props.kind);
  const members = isMembers(props.value) ? props.value : {};
  const put = (member: string, next: unknown) => {
    const { [member]: _, ...others } = members;
    if (next === undefined) return props.change(others);
    // In the place where it stood.
    props.change(member in members ? { ...members, [member]: next } : { ...members, [member]: next });
  };
  const parts = Object.entries(properties).map(([member, inner]) => (
    <Part
      key={member}
      {...props}
      isTop={false}
      schema={inner}
      label={wordOf(member)}
      value={members[member]}
      change={(next) => put(member, next)}
      pointer={`${props.pointer}/${member}`}
      required={schema.required?.includes(member) === true}
    />
  ));
  if (props.isTop === true) return <>{parts}</>;
  return (
    <fieldset className={styles.box}>
      <legend>{props.label}</legend>
      {parts}
    </fieldset>
  );
}

function ListPart({ items, schema, ...props }: PartProps & { items: Schema }) {
  const { t, i18n } = useTranslation();
  const list = Array.isArray(props.value) ? (props.value as unknown[]) : [];
  const inner = resolved(props.root, items).schema;
  const titleOf = (item: unknown, index: number) =>
    isMembers(item) ? textFor(item["labels"] as Texts | undefined, i18n.language, `${index + 1}`) : `${index + 1}`;
  const begun = inner.type === "object" ? {} : inner.type === "integer" || inner.type === "number" ? 0 : "";
  return (
    <div className={styles.texts}>
      <p>
        <b>{props.label}</b> {schema.description !== undefined && <span className={styles.quiet}>{schema.description}</span>}
      </p>
      <ol className={styles.boxes}>
        {list.map((item, index) => {
          const title = titleOf(item, index);
          return (
            <li key={index} className={styles.value}>
              <Part
                {...props}
                isTop={false}
                required
                schema={items}
                label={title}
                value={item}
                change={(next) => props.change(replaced(list, index, next))}
                pointer={`${props.pointer}/${index}`}
              />
              <span className={styles.tools}>
                <MoveButtons what={title} index={index} count={list.length} move={(by) => props.change(moved(list, index, by))} />
                <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: title })} onClick={() => props.change(without(list, index))}>
                  <Icon name="trash" />
                </ActionIcon>
              </span>
            </li>
          );
        })}
      </ol>
      <Button variant="default" size="md" leftSection={<Icon name="plus" size={18} />} onClick={() => props.change([...list, begun])}>
        {t("studio.add_to", { what: props.label })}
      </Button>
    </div>
  );
}
