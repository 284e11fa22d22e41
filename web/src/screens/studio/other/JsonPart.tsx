import { useState } from "react";
import { JsonInput, jsonError } from "../../../ui/JsonInput";

interface JsonPartProps {
  label: string;
  value: unknown;
  change: (value: unknown) => void;
  pointer: string;
  problemAt: (pointer: string) => string | undefined;
  required?: boolean;
}

/** A part that has no form: as it is written. */
export function JsonPart({ label, value, change, pointer, problemAt, required = false }: JsonPartProps) {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  return (
    <JsonInput
      label={label}
      required={required}
      error={problemAt(pointer)}
      value={text}
      onChange={(next) => {
        setText(next);
        if (next.trim() === "") change(undefined);
        else if (jsonError(next) === null) change(JSON.parse(next));
      }}
    />
  );
}
