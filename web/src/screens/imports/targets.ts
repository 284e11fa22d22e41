/** Where a column can go, as the model says it. */
import type { Field, Model } from "../../api/model";
import { fieldOf, type Places } from "./draft";

export interface Target {
  /** As a map names it. */
  to: string;
  label: string;
  /** The field alone, where the target leads through a reference. */
  field: string;
}

const isImportable = (field: Field): boolean => field.writable === true && field.type !== "file";

/** Fields by which a record that a reference points to can be found. */
function keysOf(model: Model, field: Field): Field[] {
  return (model.object(field.reference ?? "")?.fields ?? []).filter((one) => one.unique === true);
}

/** Every field that can be imported; a reference by each key of what it refers to. */
export function targetsOf(model: Model, object: string, by: (field: string, key: string) => string): Target[] {
  return (model.object(object)?.fields ?? []).filter(isImportable).flatMap((field) => {
    const label = model.fieldLabel(object, field.name);
    const whole: Target = { to: field.name, label, field: field.name };
    if (field.type !== "reference") return [whole];
    const through = keysOf(model, field).map((key) => ({
      to: `${field.name}.${key.name}`,
      label: by(label, model.fieldLabel(field.reference ?? "", key.name)),
      field: field.name,
    }));
    return through.length > 0 ? through : [whole];
  });
}

/** The keys by which a record that is there already can be found, of the columns that have a place. */
export function keysFor(model: Model, object: string, places: Places): string[][] {
  const placed = new Set(Object.values(places).map(({ to }) => to));
  const single = (model.object(object)?.fields ?? []).filter((field) => field.unique === true && placed.has(field.name));
  const fields = new Set([...placed].map(fieldOf));
  const sets = (model.object(object)?.unique ?? []).filter((set) => set.every((field) => fields.has(field)));
  return [...single.map(({ name }) => [name]), ...sets];
}

/** Fields that a new record needs and that no column leads to. */
export function missingFields(model: Model, object: string, places: Places): string[] {
  const fields = new Set(Object.values(places).map(({ to }) => fieldOf(to)));
  return (model.object(object)?.fields ?? [])
    .filter((field) => field.required === true && field.writable === true && field.default === undefined)
    .filter((field) => !fields.has(field.name))
    .map((field) => model.fieldLabel(object, field.name));
}
