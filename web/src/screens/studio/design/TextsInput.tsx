import { Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languageNames, languages } from "../../../i18n";
import styles from "../Studio.module.css";
import type { Texts } from "./body";

interface TextsInputProps {
  label: string;
  hint?: string | undefined;
  value: Texts | undefined;
  onChange: (texts: Texts) => void;
  required?: boolean;
  /** Several lines. */
  long?: boolean;
  error?: string | undefined;
  maxLength?: number;
}

/** A text in every language of the product, beside each other, so that none is forgotten. */
export function TextsInput({ label, hint, value = {}, onChange, required = false, long = false, error, maxLength = 200 }: TextsInputProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.texts}>
      <legend>{label}</legend>
      {hint !== undefined && <p className={styles.quiet}>{hint}</p>}
      <div className={styles.languages}>
        {languages.map((language) => {
          const props = {
            size: "md" as const,
            lang: language,
            label: languageNames[language],
            "aria-label": t("studio.in_language", { what: label, language: languageNames[language] }),
            required,
            withAsterisk: false,
            maxLength,
            value: value[language] ?? "",
            onChange: (event: { currentTarget: { value: string } }) => onChange({ ...value, [language]: event.currentTarget.value }),
          };
          return long ? <Textarea key={language} rows={3} {...props} /> : <TextInput key={language} {...props} />;
        })}
      </div>
      {error !== undefined && <p className={styles.wrong}>{error}</p>}
    </fieldset>
  );
}
