import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useReading } from "../../../condition/useReading";
import { parse } from "../../../condition/tree";
import { inWords } from "../../../condition/words";
import { languageNames, type Language } from "../../../i18n";
import { Difference } from "../../../ui/Difference";
import { differencesOf, type PathStep, type Shown } from "./difference";
import { useMemberWord } from "./words";

interface DifferenceListProps {
  before: unknown;
  after: unknown;
}

/** Two definitions beside each other: only what differs, each line with where it stands. */
export function DifferenceList({ before, after }: DifferenceListProps) {
  const { t, i18n } = useTranslation();
  const wordOf = useMemberWord();
  const lines = useMemo(() => differencesOf(before, after, i18n.language), [before, after, i18n.language]);
  if (lines.length === 0) return <p>{t("studio.same")}</p>;
  const step = (one: PathStep): string => {
    if ("item" in one) return one.item;
    return "language" in one ? languageNames[one.language as Language] : wordOf(one.member);
  };
  return (
    <Difference
      lines={lines.map((line, index) => ({
        key: `${index}`,
        label: line.path.map(step).join(" › "),
        before: line.before === null ? null : <ShownValue value={line.before} />,
        after: line.after === null ? null : <ShownValue value={line.after} />,
      }))}
    />
  );
}

function ShownValue({ value }: { value: Exclude<Shown, null> }) {
  return "condition" in value ? <ConditionWords logic={value.condition} object={value.object} /> : <>{value.text}</>;
}

/** A condition read aloud. */
export function ConditionWords({ logic, object }: { logic: unknown; object: string }) {
  const { t } = useTranslation();
  const reading = useReading(logic, object);
  const words = inWords(parse(logic, object, reading.schema), object, reading);
  return <>{words === "" ? t("condition.empty_group") : words}</>;
}
