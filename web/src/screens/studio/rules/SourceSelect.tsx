import { NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { fullLabel, type PathField } from "../../../condition/schema";
import { useSchema } from "../../../condition/useReading";
import { isMe, pathOf, type Source } from "./rule";

interface SourceSelectProps {
  label: string;
  /** The object on whose record the rule acts. */
  object: string;
  /** Only what refers to this object. */
  target: string;
  value: Source;
  onChange: (source: Source) => void;
  error: string | undefined;
}

const meWord = "\u0000me";

/** Where a person comes from: a field of the record, or of one that it refers to, or whoever set the rule off. */
export function SourceSelect({ label, object, target, value, onChange, error }: SourceSelectProps) {
  const { t } = useTranslation();
  const fields = useReferring(object, target);
  const path = isMe(value) ? meWord : (pathOf(value) ?? "");
  const known = fields.some((field) => field.path === path) || path === meWord || path === "id";
  return (
    <NativeSelect
      size="md"
      label={label}
      error={error}
      value={path}
      onChange={({ currentTarget }) => onChange(currentTarget.value === meWord ? { me: [] } : { var: currentTarget.value })}
      data={[
        ...(known ? [] : [{ value: path, label: path === "" ? t("studio.choose") : path }]),
        ...(object === target ? [{ value: "id", label: t("studio.rules.set_self") }] : []),
        ...fields.map((field) => ({ value: field.path, label: fullLabel(field) })),
        ...(target === "user" ? [{ value: meWord, label: t("studio.rules.whoever") }] : []),
      ]}
    />
  );
}

function useReferring(object: string, target: string): PathField[] {
  const schema = useSchema();
  return useMemo(() => {
    const referred = schema.referredFields(object).flatMap(({ fields }) => fields);
    return [...schema.fields(object), ...referred].filter((field) => field.target === target);
  }, [schema, object, target]);
}
