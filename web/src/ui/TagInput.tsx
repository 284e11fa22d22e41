import { Input } from "@mantine/core";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Chip } from "./marks";
import styles from "./TagInput.module.css";

interface TagInputProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  values: string[];
  onChange: (values: string[]) => void;
  /** What others have used: offered while typing. */
  suggestions?: string[];
}

const separator = /[,、，\n]/;

/** The tags in a text, none of which is in `values` already. */
export function tagsIn(text: string, values: string[]): string[] {
  const found = text.split(separator).map((tag) => tag.trim()).filter(Boolean);
  return [...new Set(found)].filter((tag) => !values.includes(tag));
}

/** Several words of the person's own: Enter or a comma adds one, Backspace in the empty field takes the last. */
export function TagInput({ label, description, error, required = false, values, onChange, suggestions = [] }: TagInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const added = tagsIn(text, values);
    if (added.length > 0) onChange([...values, ...added]);
    setTyped("");
  };
  const type = (text: string, composing: boolean) => {
    if (!composing && separator.test(text)) add(text);
    else setTyped(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "") {
      onChange(values.slice(0, -1));
    }
  };
  const remove = (tag: string) => onChange(values.filter((one) => one !== tag));
  return (
    <Input.Wrapper id={id} size="md" label={label} description={description ?? t("ui.tags_help")} error={error} required={required} withAsterisk={false}>
      <div className={styles.box} data-invalid={error ? true : undefined}>
        {values.map((tag) => (
          <Chip key={tag} remove={() => remove(tag)} removeLabel={t("ui.remove", { what: tag })}>
            {tag}
          </Chip>
        ))}
        <input
          id={id}
          value={typed}
          list={`${id}-known`}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-description${error ? ` ${id}-error` : ""}`}
          onChange={(event) => type(event.currentTarget.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => type(event.currentTarget.value, false)}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed)}
          autoComplete="off"
        />
        <datalist id={`${id}-known`}>
          {suggestions.filter((one) => !values.includes(one)).map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </div>
    </Input.Wrapper>
  );
}
