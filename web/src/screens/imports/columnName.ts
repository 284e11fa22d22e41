import type { TFunction } from "i18next";
import type { FileColumn } from "../../api/imports";

/** How people know a column: by its heading, else by its number. */
export function columnName(t: TFunction, { heading, number }: Pick<FileColumn, "heading" | "number">): string {
  const name = heading?.trim() ?? "";
  return name === "" ? t("imports.column_number", { number }) : name;
}
