import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { referencesQuery } from "../api/queries";
import type { AnyRecord } from "../api/shapes";
import { Combobox, OptionHint } from "../ui/Combobox";

interface ReferenceSelectProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  required: boolean;
  object: string;
  /** The id of the chosen record, or "" for none. */
  value: string;
  /** The title of the record that was chosen when the editor opened. */
  title: string;
  onChange: (id: string) => void;
  /** What stands around it says the label already. */
  hiddenLabel?: boolean;
}

const typingPause = 200;

/** A record of another object, found by a few letters. */
export function ReferenceSelect(props: ReferenceSelectProps) {
  const { object, value, title, onChange, required, ...field } = props;
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(title);
  const [typed, setTyped] = useState<string | null>(null);
  const [q] = useDebouncedValue(typed?.trim() ?? "", typingPause);
  const found = useQuery({ ...referencesQuery(object, q), enabled: typed !== null });
  // What stands in the list until the answer comes was found by other letters.
  const isFresh = typed !== null && q === typed.trim() && found.isSuccess && !found.isPlaceholderData;
  const options = (found.data ?? []).map((record) => ({ key: record.id, record, shown: <Shown record={record} /> }));

  const choose = (id: string, shown: string) => {
    setChosen(shown);
    setTyped(null);
    onChange(id);
  };
  return (
    <Combobox
      {...field}
      placeholder={t("record.reference_search")}
      value={chosen}
      typed={typed}
      onTyped={setTyped}
      options={options}
      stale={!isFresh}
      onChoose={({ record }) => choose(record.id, record.title ?? "")}
      none={t(found.isPending ? "app.loading" : "record.reference_none")}
      onPress="select"
      onLeave={(left) => {
        // An emptied field means nobody; anything else half-typed changes nothing.
        if (left?.trim() === "" && value !== "" && !required) choose("", "");
      }}
    />
  );
}

/** With what tells two records of the same name apart. */
function Shown({ record }: { record: AnyRecord }) {
  const place = [record["prefecture"], record["city"]].filter((part) => typeof part === "string").join(" ");
  return (
    <>
      {record.title}
      {place !== "" && <OptionHint>{place}</OptionHint>}
    </>
  );
}
