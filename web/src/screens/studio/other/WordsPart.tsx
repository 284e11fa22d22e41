import { Textarea } from "@mantine/core";
import { useState } from "react";

/** The words of a box: a line each, without empty ones. */
export const wordsOf = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

interface WordsPartProps {
  label: string;
  description: string | undefined;
  value: unknown;
  change: (value: string[] | undefined) => void;
  pointer: string;
  problemAt: (pointer: string) => string | undefined;
}

/** Many words or patterns: a box with a line for each, so that they can be pasted, sorted and read together. */
export function WordsPart({ label, description, value, change, pointer, problemAt }: WordsPartProps) {
  const words = Array.isArray(value) ? (value as string[]) : [];
  const [text, setText] = useState(words.join("\n"));
  const problems = words.flatMap((_, index) => problemAt(`${pointer}/${index}`) ?? []);
  return (
    <Textarea
      size="md"
      autosize
      minRows={2}
      maxRows={12}
      label={label}
      description={description}
      error={problemAt(pointer) ?? (problems.length === 0 ? undefined : problems.join(" "))}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const next = wordsOf(currentTarget.value);
        change(next.length === 0 ? undefined : next);
      }}
    />
  );
}
