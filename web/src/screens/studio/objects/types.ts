import { useTranslation } from "react-i18next";

/** The types that a new field can have, the most common first. */
export const fieldTypes = [
  "text", "long_text", "choice", "choices", "boolean", "integer", "decimal", "date", "instant", "reference", "email", "phone", "url",
  "tags", "file",
] as const;
export type FieldType = (typeof fieldTypes)[number];

export function useTypeWord(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => {
    const known = fieldTypes.find((one) => one === type);
    return known === undefined ? type : t(`studio.type.${known}`);
  };
}

const among = (...types: FieldType[]) => (type: string): boolean => (types as string[]).includes(type);

/** What can be said of a field of a type, as the server has it. */
export const allows = {
  search: among("text", "long_text", "email", "phone", "url", "tags"),
  sort: among("text", "boolean", "integer", "decimal", "date", "instant", "choice", "reference", "email", "phone", "url"),
  unique: among("text", "integer", "decimal", "date", "instant", "choice", "reference", "email", "phone", "url"),
  choices: among("choice", "choices"),
  reference: among("reference"),
  length: among("text", "long_text"),
  initial: among("text", "long_text", "boolean", "integer", "decimal", "date", "choice", "email", "phone", "url"),
};
