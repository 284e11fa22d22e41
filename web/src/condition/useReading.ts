import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Model } from "../api/model";
import { useMe, useModel } from "../api/queries";
import { titlesQuery } from "../api/records";
import { me as theReader } from "./questions";
import { Schema } from "./schema";
import { parse, rulesOf } from "./tree";
import type { Reading } from "./words";

/** In place of the model in force: one that is being designed, for conditions of its forms. */
export const DesignedModel = createContext<Model | null>(null);

/** The model as conditions see it, in the reader's language. */
export function useSchema(): Schema {
  const { t } = useTranslation();
  const inForce = useModel();
  const designed = useContext(DesignedModel);
  return useMemo(
    () =>
      new Schema(
        designed ?? inForce,
        {
          created_at: t("condition.created_at"),
          updated_at: t("condition.updated_at"),
          created_by: t("condition.created_by"),
          updated_by: t("condition.updated_by"),
        },
        designed !== null,
      ),
    [inForce, designed, t],
  );
}

/** What it takes to read a condition aloud, with the titles of the records that it names. */
export function useReading(logic: unknown, object: string): Reading {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const schema = useSchema();
  const asked = useMemo(() => referred(logic, object, schema), [logic, object, schema]);
  const titles = useQuery(titlesQuery(asked)).data;
  return useMemo(
    () => ({
      schema,
      t,
      language: i18n.language,
      zone: me.zone,
      titleOf: (_: string, id: string) => titles?.[id],
    }),
    [schema, t, i18n.language, me.zone, titles],
  );
}

/** The ids of records that a condition names, by object. */
function referred(logic: unknown, object: string, schema: Schema): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { rule, object: of } of rulesOf(parse(logic, object, schema), object, schema)) {
    const field = schema.find(of, rule.path);
    if (field?.kind !== "reference" || field.target === null || !Array.isArray(rule.value)) continue;
    const ids = rule.value.filter((id): id is string => typeof id === "string" && id !== theReader);
    if (ids.length > 0) found[field.target] = [...new Set([...(found[field.target] ?? []), ...ids])].sort();
  }
  return found;
}
