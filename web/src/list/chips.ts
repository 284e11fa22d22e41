/** A list's filter as the conditions that all must hold, each of which is a chip. */
import type { Condition } from "../api/records";
import type { Schema } from "../condition/schema";
import { parse } from "../condition/tree";
import { conjuncts } from "./address";

/** Some questions are asked by several conditions together ("within the next 30 days"): they stay one chip. */
export function chipsOf(filter: Condition | undefined, object: string, schema: Schema): Condition[] {
  if (filter === undefined) return [];
  const { items, negated } = parse(filter, object, schema);
  const isOne = !negated && items.length === 1 && items[0]?.kind === "rule";
  return isOne ? [filter] : conjuncts(filter);
}
