import { SegmentedControl } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { turnTo } from "../api/changes";
import { currentLanguage, languageNames, languages, type Language } from "../i18n";

interface LanguageSwitchProps {
  label: string;
  /** Called after the page speaks the new language. */
  onChosen: (language: Language) => void;
}

/** Changes the language at once, without a reload. */
export function LanguageSwitch({ label, onChosen }: LanguageSwitchProps) {
  useTranslation();
  const client = useQueryClient();
  const choose = async (value: string) => {
    const language = value as Language;
    await turnTo(client, language);
    onChosen(language);
  };
  return (
    <SegmentedControl
      fullWidth
      withItemsBorders={false}
      size="md"
      aria-label={label}
      value={currentLanguage()}
      onChange={(value) => void choose(value)}
      data={languages.map((language) => ({
        value: language,
        label: <span lang={language}>{languageNames[language]}</span>,
      }))}
    />
  );
}
