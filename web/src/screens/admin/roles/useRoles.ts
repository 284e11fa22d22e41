/** Roles and kinds of records as the administration shows them: labels in the reader's language. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { labelIn, type Choice } from "../../../api/model";

type Labels = Partial<Record<string, string>>;

/** A field as its definition has it. */
export interface DefinedField {
  name: string;
  type: string;
  labels?: Labels;
  required?: boolean;
  unique?: boolean;
  indexed?: boolean;
  searchable?: boolean;
  immutable?: boolean;
  system?: boolean;
  rollup?: unknown;
  reference?: string;
  choices?: string | Choice[];
  /** In each language, or one text for all of them. */
  purpose?: string | Labels;
  retention_months?: number;
}

/** An object as its definition has it. */
export interface DefinedObject {
  object: string;
  labels?: Labels;
  plural?: Labels;
  fields: DefinedField[];
}

/** A kind of record with what people call it. */
export interface Kind {
  name: string;
  label: string;
  plural: string;
  fields: { name: string; label: string; definition: DefinedField }[];
}

function kindOf(definition: DefinedObject, language: string): Kind {
  const { object, labels = {}, plural = {} } = definition;
  return {
    name: object,
    label: labelIn({ labels }, language, object),
    plural: labelIn({ labels: plural }, language, object),
    fields: definition.fields.map((field) => ({
      name: field.name,
      label: labelIn({ labels: field.labels }, language, field.name),
      definition: field,
    })),
  };
}

/** All kinds of records in force, by their names. */
export function kindsOf(items: readonly Definition[], language: string): Kind[] {
  const collator = new Intl.Collator(language);
  return items
    .flatMap((item) => (item.body == null ? [] : [kindOf(item.body as unknown as DefinedObject, language)]))
    .sort((one, other) => collator.compare(one.plural, other.plural));
}

export function useKinds() {
  const { i18n } = useTranslation();
  const query = useQuery(definitionsQuery("objects"));
  const kinds = useMemo(() => kindsOf(query.data ?? [], i18n.language), [query.data, i18n.language]);
  return { ...query, kinds };
}
