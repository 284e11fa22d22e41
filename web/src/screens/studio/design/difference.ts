/** What differs between two definitions, line by line, in words that whoever wrote neither can read. */
import { languages } from "../../../i18n";
import { textFor, type Texts } from "./body";

export interface DifferenceLine {
  /** From the outside in; `member` names a part of a definition, `item` one of a list by its label. */
  path: PathStep[];
  before: Shown;
  after: Shown;
}

export type PathStep = { member: string } | { item: string } | { language: string };

/** A value to be shown; null where there is none. A condition is read aloud on its object. */
export type Shown = null | { text: string } | { condition: unknown; object: string };

type Node = unknown;
type Members = Record<string, Node>;

const isMembers = (node: Node): node is Members => typeof node === "object" && node !== null && !Array.isArray(node);
const same = (one: Node, other: Node): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(node: Node): Node {
  if (Array.isArray(node)) return node.map(sorted);
  if (!isMembers(node)) return node;
  return Object.fromEntries(Object.keys(node).sort().map((key) => [key, sorted(node[key])]));
}

const isTexts = (node: Node): node is Texts =>
  isMembers(node) && Object.keys(node).length > 0 && Object.keys(node).every((key) => (languages as readonly string[]).includes(key));

/** What tells the items of a list apart. */
const identities = ["name", "code", "view", "part", "level", "field"] as const;

function identityOf(item: Node): string | null {
  if (!isMembers(item)) return null;
  for (const member of identities) {
    const value = item[member];
    if (typeof value === "string") return value;
  }
  return null;
}

const conditions = new Set(["condition", "filter"]);

export class Comparison {
  readonly lines: DifferenceLine[] = [];

  constructor(private readonly language: string) {}

  /** `object` is whose records a condition speaks of. */
  compare(before: Node, after: Node, path: PathStep[] = [], object = ""): void {
    if (same(before, after)) return;
    const within = this.objectOf(after) ?? this.objectOf(before) ?? object;
    const last = path.at(-1);
    if (last !== undefined && "member" in last && conditions.has(last.member)) return this.conditions(before, after, path, within);
    if (isTexts(before) || isTexts(after)) return this.texts(before, after, path);
    if (isMembers(before) && isMembers(after)) return this.members(before, after, path, within);
    if (Array.isArray(before) && Array.isArray(after) && this.haveIdentity([...before, ...after])) {
      return this.items(before, after, path, within);
    }
    if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isMembers)) {
      return this.byPlace(before, after, path, within);
    }
    this.lines.push({ path, before: this.shown(before), after: this.shown(after) });
  }

  private objectOf(node: Node): string | undefined {
    const object = isMembers(node) ? node["object"] : undefined;
    return typeof object === "string" ? object : undefined;
  }

  private conditions(before: Node, after: Node, path: PathStep[], object: string): void {
    const shown = (condition: Node): Shown => (condition === undefined ? null : { condition, object });
    this.lines.push({ path, before: shown(before), after: shown(after) });
  }

  private texts(before: Node, after: Node, path: PathStep[]): void {
    const [one, other] = [isTexts(before) ? before : {}, isTexts(after) ? after : {}];
    for (const language of languages) {
      if (one[language] === other[language]) continue;
      const shown = (text: string | undefined): Shown => (text === undefined ? null : { text });
      this.lines.push({ path: [...path, { language }], before: shown(one[language]), after: shown(other[language]) });
    }
  }

  private members(before: Members, after: Members, path: PathStep[], object: string): void {
    for (const member of new Set([...Object.keys(before), ...Object.keys(after)])) {
      this.compare(before[member], after[member], [...path, { member }], object);
    }
  }

  private haveIdentity(items: Node[]): boolean {
    const all = items.map(identityOf);
    return items.length > 0 && all.every((identity) => identity !== null);
  }

  private items(before: Node[], after: Node[], path: PathStep[], object: string): void {
    const find = (list: Node[], identity: string | null) => list.find((item) => identityOf(item) === identity);
    for (const item of before) {
      if (find(after, identityOf(item)) === undefined) this.lines.push({ path, before: { text: this.named(item) }, after: null });
    }
    for (const item of after) {
      const former = find(before, identityOf(item));
      if (former === undefined) this.lines.push({ path, before: null, after: { text: this.named(item) } });
      else this.compare(former, item, [...path, { item: this.named(item) }], object);
    }
    this.order(before, after, path);
  }

  /** Only what stands in both: what was added or taken away is told already. */
  private order(before: Node[], after: Node[], path: PathStep[]): void {
    const shared = (list: Node[], other: Node[]) =>
      list.filter((item) => other.some((one) => identityOf(one) === identityOf(item)));
    const [one, other] = [shared(before, after), shared(after, before)];
    if (one.map(identityOf).join() === other.map(identityOf).join()) return;
    const shown = (list: Node[]): Shown => ({ text: list.map((item) => this.named(item)).join(" · ") });
    this.lines.push({ path: [...path, { member: "order" }], before: shown(one), after: shown(other) });
  }

  private byPlace(before: Node[], after: Node[], path: PathStep[], object: string): void {
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      const [one, other] = [before[index], after[index]];
      const step = { item: this.named(other ?? one, `${index + 1}`) };
      if (one === undefined || other === undefined) {
        this.lines.push({ path, before: one === undefined ? null : this.shown(one), after: other === undefined ? null : this.shown(other) });
      } else {
        this.compare(one, other, [...path, step], object);
      }
    }
  }

  private named(item: Node, otherwise = ""): string {
    if (!isMembers(item)) return String(item);
    const label = isTexts(item["labels"]) ? item["labels"] : undefined;
    return textFor(label, this.language, identityOf(item) ?? (typeof item["do"] === "string" ? item["do"] : otherwise));
  }

  private shown(node: Node): Shown {
    if (node === undefined) return null;
    if (typeof node === "boolean") return { text: node ? "✓" : "–" };
    if (Array.isArray(node)) return { text: node.map((item) => (isMembers(item) ? this.named(item, JSON.stringify(item)) : String(item))).join(" · ") };
    if (isMembers(node)) return { text: this.named(node, "") || JSON.stringify(node) };
    return { text: String(node) };
  }
}

export function differencesOf(before: Node, after: Node, language: string): DifferenceLine[] {
  const comparison = new Comparison(language);
  comparison.compare(before ?? {}, after ?? {});
  return comparison.lines;
}
