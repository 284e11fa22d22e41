import { TextInput, type TextInputProps } from "@mantine/core";
import { Icon } from "./icons";

interface SearchInputProps extends Omit<TextInputProps, "type" | "size" | "label" | "placeholder" | "leftSection" | "value" | "onChange"> {
  label: string;
  /** The label stands above; otherwise it is what the empty field says. */
  labelled?: boolean;
  value: string;
  onChange: (text: string) => void;
}

/** Narrows what stands below it, while one types. */
export function SearchInput({ label, labelled = false, onChange, ...input }: SearchInputProps) {
  return (
    <TextInput
      type="search"
      size="md"
      {...(labelled ? { label } : { "aria-label": label, placeholder: label })}
      leftSection={<Icon name="search" size={18} />}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...input}
    />
  );
}
