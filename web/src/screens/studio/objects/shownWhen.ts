/** When a section or a field of a form is shown: one condition, whichever way the definition writes it. */
import type { Condition } from "../../../api/records";
import type { FormSection, LayoutItem } from "../design/body";

type When = Record<string, unknown[]>;

const parts = (when: When | undefined): Condition[] =>
  Object.entries(when ?? {}).map(([field, codes]) => ({ in: [{ var: field }, codes] }) as Condition);

/** `when` is the short form of a condition on choices. */
export function conditionOf(section: FormSection): Condition | undefined {
  const all = [...parts(section["when"] as When | undefined), ...(section["condition"] === undefined ? [] : [section["condition"] as Condition])];
  return all.length > 1 ? ({ and: all } as Condition) : all[0];
}

export function withCondition(section: FormSection, condition: Condition | undefined): FormSection {
  const { when: _, condition: __, ...rest } = section;
  return (condition === undefined ? rest : { ...rest, condition }) as FormSection;
}

export const itemCondition = (item: LayoutItem): Condition | undefined =>
  typeof item === "string" ? undefined : (item["condition"] as Condition | undefined);

/** A field of which nothing more is said is written as its name again. */
export function withItemCondition(item: LayoutItem, condition: Condition | undefined): LayoutItem {
  const whole = typeof item === "string" ? { field: item } : item;
  const { condition: _, ...rest } = whole as { field: string; condition?: unknown };
  if (condition !== undefined) return { ...rest, condition };
  return Object.keys(rest).length === 1 ? rest.field : rest;
}
