/**
 * A condition as a tree that a person can edit, read from JSON Logic and written as it. Nothing that the
 * tree does not know is lost: it stays as it was written, in its place.
 */
import { argumentsOf, questions, readQuestion, type Logic, type QuestionName, type Value } from "./questions";
import type { Schema } from "./schema";

export type Node = Group | Related | Rule | Raw;

interface Common {
  /** Tells the nodes of a tree apart while it is edited; means nothing beyond. */
  key: number;
}

/** Several conditions together. */
export interface Group extends Common {
  kind: "group";
  join: "and" | "or";
  /** The whole is turned round: not all of these, none of these. */
  negated: boolean;
  items: Node[];
}

/** A condition on the records that refer to this one. */
export interface Related extends Common {
  kind: "related";
  quantifier: Quantifier;
  path: string;
  inside: Group;
}

export const quantifiers = ["some", "none", "all"] as const;
export type Quantifier = (typeof quantifiers)[number];

/** One question asked of one field. */
export interface Rule extends Common {
  kind: "rule";
  path: string;
  question: QuestionName;
  value: Value;
  /** As it was written, until it is changed: there are several ways to write the same. */
  written?: Logic;
}

/** What has no editor here; kept as it is. */
export interface Raw extends Common {
  kind: "raw";
  logic: Logic;
}

let lastKey = 0;
const newKey = (): number => (lastKey += 1);

export const group = (join: Group["join"], items: Node[] = [], negated = false): Group => ({
  key: newKey(),
  kind: "group",
  join,
  negated,
  items,
});

export const rule = (path: string, question: QuestionName, value: Value = questions[question].begin): Rule => ({
  key: newKey(),
  kind: "rule",
  path,
  question,
  value,
});

export const related = (path: string, quantifier: Quantifier = "some"): Related => ({
  key: newKey(),
  kind: "related",
  quantifier,
  path,
  inside: group("and"),
});

/* ---- Reading ---- */

type Members = Record<string, Logic>;

function operatorOf(logic: Logic): string | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return null;
  const names = Object.keys(logic);
  return names.length === 1 ? (names[0] ?? null) : null;
}

/** The tree of a condition on records of `object`; nothing at all is an empty group. */
export function parse(logic: Logic, object: string, schema: Schema): Group {
  if (logic === undefined || logic === null) return group("and");
  if (typeof logic === "object" && !Array.isArray(logic) && Object.keys(logic).length === 0) return group("and");
  const node = parseNode(logic, object, schema);
  return node.kind === "group" ? node : group("and", [node]);
}

function parseNode(logic: Logic, object: string, schema: Schema): Node {
  const asked = readQuestion(logic, (path) => schema.find(object, path)?.kind ?? null);
  if (asked !== null) {
    return { key: newKey(), kind: "rule", path: asked.path, question: asked.question, value: asked.value, written: logic };
  }
  const operator = operatorOf(logic);
  const members = operator === null ? [] : argumentsOf(logic as Members);
  switch (operator) {
    case "and":
    case "or":
      return group(operator, members.map((member) => parseNode(member, object, schema)));
    case "!":
      return parseNegation(logic, members[0], object, schema);
    case "some":
    case "all":
    case "none":
      return parseRelated(logic, operator, members, object, schema);
    default:
      return { key: newKey(), kind: "raw", logic };
  }
}

/** A turned group, or one condition turned, which is a group of one. */
function parseNegation(logic: Logic, inner: Logic, object: string, schema: Schema): Node {
  const node = parseNode(inner, object, schema);
  if (node.kind === "raw") return { key: newKey(), kind: "raw", logic };
  if (node.kind === "group" && !node.negated) return { ...node, negated: true };
  return group("and", [node], true);
}

function parseRelated(logic: Logic, quantifier: Quantifier, members: Logic[], object: string, schema: Schema): Node {
  const path = operatorOf(members[0]) === "var" ? argumentsOf(members[0] as Members)[0] : null;
  const set = typeof path === "string" ? schema.related(object, path) : null;
  if (set === null || typeof path !== "string") return { key: newKey(), kind: "raw", logic };
  // `true` asks nothing of the records: that there is one is enough.
  const inside = members[1] === true ? group("and") : parse(members[1], set.object, schema);
  return { key: newKey(), kind: "related", quantifier, path, inside };
}

/* ---- Writing ---- */

/** The condition as JSON Logic; undefined where it asks for nothing. */
export function build(tree: Group): Logic | undefined {
  return buildGroup(tree);
}

function buildNode(node: Node): Logic | undefined {
  switch (node.kind) {
    case "raw":
      return node.logic;
    case "rule":
      return node.written ?? questions[node.question].build(node.path, node.value);
    case "related":
      return { [node.quantifier]: [{ var: node.path }, buildGroup(node.inside) ?? true] };
    case "group":
      return buildGroup(node);
  }
}

function buildGroup({ join, negated, items }: Group): Logic | undefined {
  const members = items.map(buildNode).filter((member) => member !== undefined);
  if (members.length === 0) return undefined;
  // A group in a turned group of its own keeps its bounds; elsewhere one member needs no group around it.
  const joined = members.length === 1 ? members[0] : { [join]: members };
  return negated ? { "!": [joined] } : joined;
}

/* ---- Changing: every change gives a new tree, the rest of which is the same ---- */

/** The tree with the node of `key` put in another's place, or taken out by null. */
export function replace(tree: Group, key: number, by: Node | null): Group {
  return { ...tree, items: replaceItems(tree.items, key, by) };
}

function replaceItems(items: Node[], key: number, by: Node | null): Node[] {
  return items.flatMap((item) => {
    if (item.key === key) return by === null ? [] : [by];
    return [within(item, (inner) => replace(inner, key, by))];
  });
}

/** A node whose inner group is changed, where it has one. */
function within(node: Node, change: (inner: Group) => Group): Node {
  if (node.kind === "group") return change(node);
  if (node.kind === "related") return { ...node, inside: change(node.inside) };
  return node;
}

/** The tree in which the group of `key` has its own members changed. */
export function changeGroup(tree: Group, key: number, change: Partial<Omit<Group, "key" | "kind">>): Group {
  if (tree.key === key) return { ...tree, ...change };
  return { ...tree, items: tree.items.map((item) => within(item, (inner) => changeGroup(inner, key, change))) };
}

/** The tree with a node added at the end of the group of `key`. */
export function append(tree: Group, key: number, node: Node): Group {
  if (tree.key === key) return { ...tree, items: [...tree.items, node] };
  return { ...tree, items: tree.items.map((item) => within(item, (inner) => append(inner, key, node))) };
}

/** A rule that asks something else; it is no longer as it was written. */
export function changeRule(before: Rule, change: Partial<Pick<Rule, "path" | "question" | "value">>): Rule {
  const { written: _, ...rest } = before;
  return { ...rest, ...change };
}

/** Every rule of the tree, with the object whose records it is asked of. */
export function rulesOf(tree: Group, object: string, schema: Schema): { rule: Rule; object: string }[] {
  return tree.items.flatMap((item) => {
    if (item.kind === "rule") return [{ rule: item, object }];
    if (item.kind === "group") return rulesOf(item, object, schema);
    if (item.kind === "related") return rulesOf(item.inside, schema.related(object, item.path)?.object ?? "", schema);
    return [];
  });
}
