/** What a condition may speak of: the fields of an object, those behind its references, and their kinds. */
import type { Choice, Field, Model } from "../api/model";

/** Fields of a kind are tested alike. */
export type Kind = "text" | "number" | "boolean" | "date" | "instant" | "choice" | "many" | "reference" | "opaque";

const kinds: Record<string, Kind> = {
  text: "text",
  long_text: "text",
  email: "text",
  phone: "text",
  url: "text",
  integer: "number",
  decimal: "number",
  boolean: "boolean",
  date: "date",
  instant: "instant",
  choice: "choice",
  choices: "many",
  tags: "many",
  reference: "reference",
};

/** A field by its path: `temperature`, or through one reference `primary_hco.city`. */
export interface PathField {
  path: string;
  kind: Kind;
  /** The field that the path ends at; absent for what every record has besides its fields. */
  field: Field | null;
  /** The object that the last field belongs to. */
  object: string;
  /** Of a reference: the object that it refers to. */
  target: string | null;
  /** Of the words of a choice, those that can still be chosen. */
  choices: Choice[];
  /** The word of a choice; the code itself where it has none. */
  labelOf: (code: string) => string;
  label: string;
  /** The label of the reference that the path goes through. */
  through: string | null;
}

/** A set of records that refer to an object: the visits of a doctor. */
export interface RelatedSet {
  /** As conditions name it: `visit`, or `referral.from_hcp` where several references lead here. */
  path: string;
  object: string;
  label: string;
}

/** What every record has beside its fields, with the labels that the page gives them. */
export interface SystemLabels {
  created_at: string;
  updated_at: string;
  created_by: string;
  updated_by: string;
}

const systemKinds: Record<keyof SystemLabels, Kind> = {
  created_at: "instant",
  updated_at: "instant",
  created_by: "reference",
  updated_by: "reference",
};

/** The model as conditions see it. */
export class Schema {
  constructor(
    readonly model: Model,
    private readonly system: SystemLabels,
    /** Only what a form can decide while one types: the record's own fields, nothing behind references, no days that pass. */
    readonly isForForms = false,
  ) {}

  /** The field at `path`, or null: unknown, or hidden from this reader. */
  find(object: string, path: string): PathField | null {
    const dot = path.indexOf(".");
    if (dot < 0) return this.own(object, path);
    const reference = this.own(object, path.slice(0, dot));
    if (reference?.target == null) return null;
    const end = this.own(reference.target, path.slice(dot + 1));
    return end === null ? null : { ...end, path, through: reference.label };
  }

  private own(object: string, name: string): PathField | null {
    if (name in systemKinds) return this.systemField(object, name as keyof SystemLabels);
    const field = this.model.field(object, name);
    if (field === undefined) return null;
    return {
      path: name,
      kind: kinds[field.type] ?? "opaque",
      field,
      object,
      target: field.type === "reference" ? (field.reference ?? null) : null,
      choices: this.model.choices(object, name),
      labelOf: (code) => this.model.choiceLabel(object, name, code),
      label: this.model.fieldLabel(object, name),
      through: null,
    };
  }

  private systemField(object: string, name: keyof SystemLabels): PathField | null {
    if (this.model.object(object) === undefined) return null;
    const kind = systemKinds[name];
    const target = kind === "reference" ? "user" : null;
    const label = this.system[name];
    return { path: name, kind, field: null, object, target, choices: [], labelOf: (code) => code, label, through: null };
  }

  /** The object's own fields that a condition can test, in the order of the model. */
  fields(object: string): PathField[] {
    const names = (this.model.object(object)?.fields ?? []).map((field) => field.name);
    return [...names, ...(this.isForForms ? [] : Object.keys(systemKinds))]
      .map((name) => this.own(object, name))
      .filter((found): found is PathField => found !== null);
  }

  /** For each reference of the object, the fields of what it refers to. */
  referredFields(object: string): { label: string; fields: PathField[] }[] {
    if (this.isForForms) return [];
    return this.fields(object)
      .filter((field) => field.field !== null && field.target !== null)
      .map((reference) => ({
        label: reference.label,
        fields: this.fields(reference.target ?? "").map((end) => ({
          ...end,
          path: `${reference.path}.${end.path}`,
          through: reference.label,
        })),
      }))
      .filter((group) => group.fields.length > 0);
  }

  /** The records that refer to `object`. */
  relatedSets(object: string): RelatedSet[] {
    if (this.isForForms) return [];
    return this.model.objectNames().flatMap((name) => {
      const links = (this.model.object(name)?.fields ?? []).filter((field) => field.reference === object);
      const label = this.model.objectLabel(name);
      if (links.length === 1) return [{ path: name, object: name, label }];
      return links.map((link) => ({
        path: `${name}.${link.name}`,
        object: name,
        label: `${label} (${this.model.fieldLabel(name, link.name)})`,
      }));
    });
  }

  related(object: string, path: string): RelatedSet | null {
    const exact = this.relatedSets(object).find((set) => set.path === path);
    if (exact !== undefined) return exact;
    // `sign.hcp` where one reference alone leads here: the longer name for the same.
    const [name = ""] = path.split(".");
    return this.relatedSets(object).find((set) => set.path === name) ?? null;
  }
}

/** The label with the way to it: `Institution › City`. */
export const fullLabel = (field: PathField): string =>
  field.through === null ? field.label : `${field.through} › ${field.label}`;
