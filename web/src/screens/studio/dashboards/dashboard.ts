/** Dashboards as the Studio reads and changes them. */
import type { Body } from "../../../api/definitions";
import type { Texts } from "../design/body";

export const shapes = ["list", "bar", "number", "line", "heat_map"] as const;
export type Shape = (typeof shapes)[number];
export const placesOf = ["today", "team", "trust"] as const;

export interface WidgetBody {
  name: string;
  labels: Texts;
  help?: Texts;
  form: Shape;
  object: string;
  scope?: "own";
  condition?: unknown;
  sort?: string[];
  fields?: string[];
  expand?: string[];
  limit?: number;
  group?: string[];
  measure?: "count";
  [member: string]: unknown;
}

export interface DashboardBody extends Body {
  dashboard: string;
  labels: Texts;
  roles: string[];
  place?: (typeof placesOf)[number];
  widgets: WidgetBody[];
}

/** A name that no other widget has. */
export function freshName(widgets: WidgetBody[]): string {
  let number = widgets.length + 1;
  while (widgets.some(({ name }) => name === `widget_${number}`)) number += 1;
  return `widget_${number}`;
}

export const freshWidget = (widgets: WidgetBody[]): WidgetBody => ({
  name: freshName(widgets),
  labels: {},
  form: "bar",
  object: "hcp",
  group: ["temperature"],
  measure: "count",
});

/** A widget in another form keeps what both have. */
export function ofForm(widget: WidgetBody, form: Shape): WidgetBody {
  const { group, measure: _, sort, fields, expand, limit, ...rest } = widget;
  if (form !== "list") return { ...rest, form, group: group ?? [], measure: "count" };
  const shown = { fields: fields ?? [], sort: sort ?? [], limit: limit ?? 20 };
  return { ...rest, form, ...shown, ...(expand === undefined ? {} : { expand }) };
}

/** Fields are those of the object: another object begins anew. */
export function ofObject(widget: WidgetBody, object: string): WidgetBody {
  const { name, labels, help, form } = widget;
  const base: WidgetBody = { name, labels, form, object, ...(help === undefined ? {} : { help }) };
  return ofForm(base, form);
}
