import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Definition } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import type { Draft } from "../design/useDraft";
import styles from "../Studio.module.css";
import type { RuleBody, TemplateBody } from "./rule";

interface TextOfProps {
  rule: RuleBody;
  template: string;
  choose: (template: string) => void;
  draft: Draft;
  templates: Definition[];
  error: string | undefined;
}

/** The words of a task or notice: another rule's, or the rule's own, in every language. */
export function TextOf({ rule, template, choose, draft, templates, error }: TextOfProps) {
  const { t } = useTranslation();
  const problemAt = useProblemAt("templates", template);
  const body = draft.bodyOf("templates", template) as TemplateBody | null;
  const put = (more: Partial<TemplateBody>) => draft.change("templates", template, { ...(body ?? { template, subject: {}, body: {} }), ...more });
  const names = [...new Set([...templates.filter((one) => one.body != null).map(({ name }) => name), rule.rule, template])].filter((name) => name !== "");
  const labelOf = (name: string) => (name === rule.rule ? t("studio.rules.own_text") : (templates.find((one) => one.name === name)?.label ?? name));
  return (
    <>
      <NativeSelect
        size="md"
        label={t("studio.member.template")}
        error={error}
        value={template}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={names.map((value) => ({ value, label: labelOf(value) }))}
      />
      {template !== rule.rule && template !== "" && <p className={styles.quiet}>{t("studio.rules.shared_text")}</p>}
      <TextsInput label={t("studio.member.subject")} required value={body?.subject} error={problemAt("/subject")} onChange={(subject) => put({ subject })} />
      <TextsInput label={t("studio.member.body")} required long maxLength={4000} value={body?.body} error={problemAt("/body")} onChange={(next) => put({ body: next })} />
      <Slots object={rule.object} />
    </>
  );
}

/** What can stand in braces. */
function Slots({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const own = (model.object(object)?.fields ?? []).map(({ name, type, reference }) => ({ name, type, reference }));
  return (
    <details>
      <summary className={styles.link}>{t("studio.rules.slots")}</summary>
      <p className={styles.quiet}>{t("studio.rules.slots_hint")}</p>
      <ul className={styles.slots}>
        <li>
          <code>{"{title}"}</code> {model.objectLabel(object)}
        </li>
        {own.map(({ name, type }) => (
          <li key={name}>
            <code>{type === "reference" ? `{${name}.title}` : `{${name}}`}</code> {model.fieldLabel(object, name)}
          </li>
        ))}
      </ul>
    </details>
  );
}
