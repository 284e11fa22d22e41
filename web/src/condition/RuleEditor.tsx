import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Condition.module.css";
import { carried, isComplete, questionsFor, type QuestionName } from "./questions";
import type { PathField } from "./schema";
import { changeRule, type Rule } from "./tree";
import { ValueInput } from "./ValueInput";

interface RuleEditorProps {
  field: PathField;
  rule: Rule;
  /** What can be asked here; all that fits the field where nothing is said. */
  offered?: QuestionName[];
  onChange: (rule: Rule) => void;
}

/** What is asked of a field, and what it is compared with. */
export function RuleEditor({ field, rule, offered = questionsFor(field.kind), onChange }: RuleEditorProps) {
  const { t } = useTranslation();
  // One that is only read stands there until another is chosen.
  const names: QuestionName[] = offered.includes(rule.question) ? offered : [...offered, rule.question];
  const ask = (question: QuestionName) =>
    onChange(changeRule(rule, { question, value: carried(rule.question, question, rule.value) }));
  return (
    <div className={styles.asked}>
      <NativeSelect
        size="md"
        aria-label={t("condition.question")}
        value={rule.question}
        onChange={(event) => ask(event.currentTarget.value as QuestionName)}
        data={names.map((name) => ({ value: name, label: t(`condition.asks.${name}`) }))}
      />
      <ValueInput
        key={rule.question}
        field={field}
        question={rule.question}
        value={rule.value}
        onChange={(value) => onChange(changeRule(rule, { value }))}
      />
      {!isComplete(rule.question, rule.value) && <p className={styles.incomplete}>{t("condition.incomplete")}</p>}
    </div>
  );
}
