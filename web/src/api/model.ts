/**
 * The model as the page uses it: objects, fields, choices, layouts, with their labels. What an
 * administrator adds there appears in the page without a change to the page.
 */
import { holds } from "../condition/holds";

type Text = string | Partial<Record<string, string>> | null | undefined;

export interface Choice {
  code: string;
  labels?: Text;
  /** What to know or do where this is chosen. */
  help?: Text;
  label?: string;
  rank?: number;
  retired?: boolean;
}

export interface Field {
  name: string;
  type: string;
  labels?: Text;
  label?: string;
  help?: Text;
  reference?: string;
  required?: boolean;
  max_length?: number;
  indexed?: boolean;
  /** No two records share a value: a key by which a record is found. */
  unique?: boolean;
  searchable?: boolean;
  /** What a new record has where nothing is entered; `me` and `now` stand for the person and the moment. */
  default?: unknown;
  /** Its text is checked for compliance: whose words it reports. */
  lint?: string;
  /** Set once, when the record is made. */
  immutable?: boolean;
  /** Whether the reader may change it, as the server decided. */
  writable?: boolean;
  choices?: Choice[];
}

/** A field's place in a form, with what is particular there. */
export interface LayoutItem {
  field: string;
  labels?: Text;
  condition?: unknown;
}

/** A group of fields as the layout defines it; `when` is the short form of a condition on choices. */
export interface LayoutSection {
  labels?: Text;
  label?: string;
  fields: (string | LayoutItem)[];
  when?: Record<string, unknown[]>;
  condition?: unknown;
}

/** A group of fields as it is shown for one record. */
export interface ShownSection {
  labels?: Text;
  label?: string;
  /** Those that the form asks for of this record. */
  fields: string[];
  /** Its place in the layout: the same section stays the same, whatever it asks for. */
  place: number;
  /** What fields are called here, where that differs. */
  names: Record<string, Text>;
}

/** A list that comes with the business: a filter, an order and columns under a name. */
export interface LayoutView {
  view: string;
  labels?: Text;
  label?: string;
  filter?: unknown;
  sort?: string[];
  columns?: string[];
  roles?: string[];
}

/** What may be to notice about a record; the server says of which. */
export interface LayoutMark {
  mark: string;
  labels?: Text;
  label?: string;
}

export interface ModelObject {
  object: string;
  labels?: Text;
  label?: string;
  plural?: Text;
  fields: Field[];
  layouts?: { form?: LayoutSection[]; list?: string[]; views?: LayoutView[]; marks?: LayoutMark[]; nav?: string[] };
  /** Over whose records each verb reaches, as the server decided: `none`, `own`, `team`, `all`. */
  may?: Record<string, string>;
  /** Where the reader’s role narrows the records to those whose field holds one of these. */
  only?: Record<string, string[]>;
  /** Whether the reader may import into it, as the server decided. */
  importable?: boolean;
  /** Sets of fields that no two records share together. */
  unique?: string[][];
}

type Labelled = { labels?: Text; label?: string };

/** A text in the reader's language, else in English, else in any, else nothing. */
function textIn(text: Text, language: string): string | undefined {
  return typeof text === "string" ? text : (text?.[language] ?? text?.["en"] ?? Object.values(text ?? {})[0]);
}

/** A label in the reader's language, else in English, else `otherwise`. */
export function labelIn(labelled: Labelled | undefined, language: string, otherwise: string): string {
  if (labelled === undefined) return otherwise;
  if (typeof labelled.label === "string") return labelled.label;
  return textIn(labelled.labels, language) ?? otherwise;
}

export class Model {
  private readonly objects: Map<string, ModelObject>;

  constructor(
    objects: ModelObject[],
    private readonly language: string,
    private readonly rules: Record<string, Text> = {},
    private readonly playbooks: Record<string, Text> = {},
  ) {
    this.objects = new Map(objects.map((object) => [object.object, object]));
  }

  /** Those choices of a field that the reader may meet in records at all. */
  reachableChoices(object: string, field: string): Choice[] {
    const only = this.objects.get(object)?.only?.[field];
    return this.choices(object, field).filter(({ code }) => only?.includes(code) ?? true);
  }

  /** All objects of which the reader may read something. */
  objectNames(): string[] {
    return [...this.objects.keys()];
  }

  object(name: string): ModelObject | undefined {
    return this.objects.get(name);
  }

  /** The objects that the reader may import into, by their labels. */
  importable(): ModelObject[] {
    const all = [...this.objects.values()].filter((object) => object.importable === true);
    return all.sort((a, b) => this.pluralLabel(a.object).localeCompare(this.pluralLabel(b.object), this.language));
  }

  /** Whether the reader may do this with some record of the object: the server has the last word on each. */
  may(object: string, verb: string): boolean {
    const found = this.objects.get(object);
    return found !== undefined && found.may?.[verb] !== "none";
  }

  /** Whether the reader may make a record of it by hand: not what the system alone writes. */
  mayCreate(object: string): boolean {
    const sections = this.objects.get(object)?.layouts?.form ?? [];
    return sections.length > 0 && this.may(object, "create");
  }

  /** What people call the rule or playbook that made something; undefined when it is no longer there. */
  sourceLabel(kind: "rule" | "playbook", name: string): string | undefined {
    return textIn((kind === "rule" ? this.rules : this.playbooks)[name], this.language);
  }

  /** Whether this reaches further than the reader's own records. */
  reachesOthers(object: string, verb: string): boolean {
    const scope = this.objects.get(object)?.may?.[verb];
    return scope === "team" || scope === "all";
  }

  /** Whether everybody's records are within the reader's reach. */
  reachesAll(object: string, verb: string): boolean {
    return this.objects.get(object)?.may?.[verb] === "all";
  }

  field(object: string, name: string): Field | undefined {
    return this.objects.get(object)?.fields.find((field) => field.name === name);
  }

  objectLabel(name: string): string {
    return labelIn(this.objects.get(name), this.language, name);
  }

  /** Many of them: the heading of a list. */
  pluralLabel(name: string): string {
    return textIn(this.objects.get(name)?.plural, this.language) ?? this.objectLabel(name);
  }

  /** Every object that the reader may see, in the order of the definitions. */
  all(): ModelObject[] {
    return [...this.objects.values()];
  }

  /** Objects whose list stands in the navigation of a role. */
  inNavigation(role: string): string[] {
    return this.all()
      .filter(({ object, layouts }) => layouts?.nav?.includes(role) === true && this.may(object, "read"))
      .map(({ object }) => object);
  }

  /** The lists that come with the business. */
  views(object: string): LayoutView[] {
    return this.objects.get(object)?.layouts?.views ?? [];
  }

  /** What a mark of the object says. */
  markLabel(object: string, mark: string): string {
    return labelIn(this.objects.get(object)?.layouts?.marks?.find((one) => one.mark === mark), this.language, mark);
  }

  fieldLabel(object: string, name: string): string {
    return labelIn(this.field(object, name), this.language, name);
  }

  fieldHelp(object: string, name: string): string | undefined {
    return textIn(this.field(object, name)?.help, this.language);
  }

  /** The choices that can be made now: retired ones stay readable and are no longer offered. */
  choices(object: string, field: string): Choice[] {
    return (this.field(object, field)?.choices ?? []).filter((choice) => choice.retired !== true);
  }

  choiceLabel(object: string, field: string, code: string): string {
    const choice = this.field(object, field)?.choices?.find((one) => one.code === code);
    return labelIn(choice, this.language, code);
  }

  label(labelled: Labelled | undefined): string {
    return labelIn(labelled, this.language, "");
  }

  /** Where a choice stands on its scale; null where the scale has no order. */
  rank(object: string, field: string, code: string): number | null {
    return this.field(object, field)?.choices?.find((one) => one.code === code)?.rank ?? null;
  }

  /** The fields of an object's list, as its layout names them, that the reader may see. */
  listFields(object: string): Field[] {
    const names = this.objects.get(object)?.layouts?.list ?? [];
    return names.map((name) => this.field(object, name)).filter((field): field is Field => field !== undefined);
  }

  /** Fields of an object that refer to records of another. */
  references(object: string): Field[] {
    return (this.objects.get(object)?.fields ?? []).filter((field) => field.type === "reference");
  }

  /** Every field of any object that refers to records of this one. */
  referring(to: string): { object: string; field: Field }[] {
    return this.all().flatMap(({ object }) =>
      this.references(object).filter((field) => field.reference === to).map((field) => ({ object, field })),
    );
  }

  /** The sections of an object's form that apply to `record`, with the fields that they ask for of it. */
  formSections(object: string, record: Record<string, unknown>): ShownSection[] {
    const sections = this.objects.get(object)?.layouts?.form ?? [];
    return sections
      .map((section, place) => shown(section, place, (item) => holds(item.condition, record)))
      .filter((section, place) => section.fields.length > 0 && applies(sections[place]!, record));
  }

  /** A section with all the fields that it may ask for, whatever the record. */
  wholeSection(object: string, place: number): ShownSection | undefined {
    const section = this.objects.get(object)?.layouts?.form?.[place];
    return section && shown(section, place, () => true);
  }

  /** The fields of a section that the reader may see, called as they are called there. */
  sectionFields(object: string, section: ShownSection): Field[] {
    return section.fields.flatMap((name) => {
      const field = this.field(object, name);
      if (field === undefined) return [];
      return section.names[name] === undefined ? field : { ...field, labels: section.names[name] };
    });
  }

  /** Whether the form asks for a field of this record; one that stands in no form is the record's all the same. */
  isAsked(object: string, field: string, record: Record<string, unknown>): boolean {
    const sections = this.objects.get(object)?.layouts?.form ?? [];
    const places = sections.flatMap((section) =>
      section.fields.map(itemOf).filter((item) => item.field === field).map((item) => ({ section, item })),
    );
    return places.length === 0 || places.some(({ section, item }) => applies(section, record) && holds(item.condition, record));
  }

  /** What a field is called where it stands. */
  nameOf(field: Field): string {
    return labelIn(field, this.language, field.name);
  }

  /** What to know or do where a choice is made; undefined where nothing is said. */
  choiceHelp(object: string, field: string, code: string): string | undefined {
    return textIn(this.field(object, field)?.choices?.find((one) => one.code === code)?.help, this.language);
  }
}

const itemOf = (item: string | LayoutItem): LayoutItem => (typeof item === "string" ? { field: item } : item);

function shown({ fields, ...section }: LayoutSection, place: number, asks: (item: LayoutItem) => boolean): ShownSection {
  const items = fields.map(itemOf).filter(asks);
  const names = Object.fromEntries(items.filter((item) => item.labels !== undefined).map((item) => [item.field, item.labels]));
  return { ...section, place, fields: items.map((item) => item.field), names };
}

function applies(section: LayoutSection, record: Record<string, unknown>): boolean {
  const chosen = Object.entries(section.when ?? {}).every(([field, values]) => values.includes(record[field]));
  return chosen && holds(section.condition, record);
}
