import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { fullLabel, type PathField } from "../../../condition/schema";
import { useSchema } from "../../../condition/useReading";
import { useProblemAt } from "../design/problems";
import styles from "../Studio.module.css";
import type { AfterMoment, RuleBody } from "./rule";

/** A week: what waits longer is a matter of days, and of a rule that looks every day. */
const minutesMost = 10_080;

interface AfterInputProps {
  body: RuleBody;
  put: (more: Partial<RuleBody>) => void;
}

/** How long after which moment of the record the rule acts, and whether people choose the minutes themselves. */
export function AfterInput({ body, put }: AfterInputProps) {
  const { t } = useTranslation();
  const schema = useSchema();
  const problemAt = useProblemAt("rules", body.rule);
  const after = body.after ?? { field: "", minutes: 0 };
  const change = (more: Partial<AfterMoment>) => put({ after: { ...after, ...more } });
  const moments = schema.fields(body.object).filter(({ kind, field }) => kind === "instant" && field !== null);
  const numbers = schema
    .referredFields(body.object)
    .flatMap(({ fields }) => fields)
    .filter(({ object, field }) => object === "user" && field?.type === "integer");
  const withOwn = (own: string) => {
    const { own: _, ...rest } = after;
    put({ after: own === "" ? rest : { ...rest, own } });
  };
  return (
    <div className={styles.pair}>
      <NativeSelect
        size="md"
        label={t("studio.rules.after_field")}
        required
        withAsterisk={false}
        value={after.field}
        error={problemAt("/after") ?? problemAt("/after/field")}
        onChange={({ currentTarget }) => change({ field: currentTarget.value })}
        data={options(moments, after.field, t("studio.choose"))}
      />
      <TextInput
        size="md"
        type="number"
        label={t("studio.rules.after_minutes")}
        min={0}
        max={minutesMost}
        required
        withAsterisk={false}
        value={String(after.minutes)}
        error={problemAt("/after/minutes")}
        onChange={({ currentTarget }) => change({ minutes: Math.trunc(Number(currentTarget.value)) })}
      />
      <NativeSelect
        size="md"
        label={t("studio.rules.after_own")}
        description={t("studio.rules.after_own_hint")}
        value={after.own ?? ""}
        error={problemAt("/after/own")}
        onChange={({ currentTarget }) => withOwn(currentTarget.value)}
        data={[{ value: "", label: t("studio.rules.after_own_none") }, ...options(numbers, after.own ?? "", "")]}
      />
    </div>
  );
}

/** The fields by their labels; what is chosen stays to be seen, also where the reader may not see the field. */
function options(fields: PathField[], chosen: string, choose: string) {
  const isKnown = fields.some(({ path }) => path === chosen) || (chosen === "" && choose === "");
  return [...(isKnown ? [] : [{ value: chosen, label: chosen === "" ? choose : chosen }]), ...fields.map((field) => ({ value: field.path, label: fullLabel(field) }))];
}
