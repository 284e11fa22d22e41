/** Which fields a list asks the server for, so that its columns can be shown and no more is read. */
import type { Field, Model } from "../api/model";
import type { Column } from "./address";

/** What a name is made of, with the reading beside it. */
const nameParts = [
  "kind", "family_name", "given_name", "family_kana", "given_kana", "family_latin", "given_latin", "name_kana",
];

const naming = new Set(["name", ...nameParts.slice(1)]);

/** Whether a column is what its record is called, or a part of it: then the whole name stands there, or has been said. */
export const isNaming = (path: string, value: unknown, title: string | null | undefined): boolean =>
  naming.has(path) || (typeof value === "string" && (title ?? "").includes(value));

/** Beside the present value, what tells where it came from. */
const companions: Record<string, string> = { temperature: "temperature_direction" };

export function fieldsFor(model: Model, object: string, columns: Column[]): string[] {
  const has = (name: string): boolean => model.field(object, name) !== undefined;
  const wanted = columns.flatMap(({ path }) => {
    if (path.includes(".")) return [path];
    const companion = companions[path];
    const beside = companion !== undefined && has(companion) ? [companion] : [];
    const title = model.field(object, path)?.type === "reference" ? [`${path}.title`] : [];
    return [path, ...beside, ...title];
  });
  return [...new Set([...nameParts.filter(has), ...wanted])];
}

/** The server sorts lists by what an index serves. */
export const isSortable = (field: Field | undefined): boolean => field?.indexed === true || field?.unique === true;
