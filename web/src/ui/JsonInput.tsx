import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./JsonInput.module.css";

interface JsonInputProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** Why a text is no JSON, in the browser's words; null when it is, or is empty. */
export function jsonError(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The same value in lines that can be read. */
export function tidyJson(text: string): string {
  return jsonError(text) === null && text.trim() !== "" ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

/** Structured data as its text, checked while it is typed and set in order when it is left. */
export function JsonInput({ label, description, error, required = false, value, onChange }: JsonInputProps) {
  const { t } = useTranslation();
  const wrong = jsonError(value);
  return (
    <Textarea
      size="md"
      label={label}
      description={description ?? t("ui.json_help")}
      error={wrong === null ? error : t("ui.json_wrong", { why: wrong })}
      required={required}
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(tidyJson(value))}
      classNames={{ input: styles.code ?? "" }}
      spellCheck={false}
      autoCapitalize="off"
      rows={5}
    />
  );
}
