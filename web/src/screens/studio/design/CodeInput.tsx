import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { nameFrom, type Texts } from "./body";

/** A definition's name: made of its English label until somebody types another. */
export function useCode(labels: Texts): { code: string; type: (code: string) => void } {
  const [typed, type] = useState<string | null>(null);
  return { code: typed ?? nameFrom(labels.en ?? ""), type };
}

interface CodeInputProps {
  value: string;
  onChange: (code: string) => void;
  /** Another definition of the kind has this name. */
  isTaken: boolean;
}

/** Asks for the name by which definitions and programs know something; it never changes. */
export function CodeInput({ value, onChange, isTaken }: CodeInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="md"
      required
      withAsterisk={false}
      label={t("studio.objects.code")}
      description={t("studio.objects.code_hint")}
      pattern="[a-z][a-z0-9_]{0,47}"
      autoComplete="off"
      spellCheck={false}
      error={isTaken && t("studio.name_taken")}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
    />
  );
}
