import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icons";
import { Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import styles from "./RolePage.module.css";
import { fieldRuleOf, fieldRules, restrictedCount, type Change, type FieldRule, type RoleBody } from "./role";
import type { Kind } from "./useRoles";

interface FieldRulesProps {
  kinds: Kind[];
  before: RoleBody;
  after: RoleBody;
  change: (change: Change) => void;
  /** The kind of record whose fields are shown. */
  shown: string | undefined;
  show: (kind: string) => void;
}

/** The fields that a role may not see, or only see: those of one kind of record at a time. */
export function FieldRules({ kinds, before, after, change, shown, show }: FieldRulesProps) {
  const { t } = useTranslation();
  const kind = kinds.find(({ name }) => name === shown) ?? kinds.find(({ name }) => restrictedCount(after, name) > 0) ?? kinds[0];
  if (kind === undefined) return null;
  return (
    <Section title={t("roles.fields")} hint={t("roles.fields_hint")}>
      <NativeSelect
        size="md"
        className={styles.narrow}
        label={t("roles.fields_of")}
        value={kind.name}
        onChange={({ currentTarget }) => show(currentTarget.value)}
        data={kinds.map(({ name, plural }) => ({ value: name, label: withCount(name, plural) }))}
      />
      <Table
        label={t("roles.fields")}
        rows={kind.fields}
        rowKey={({ name }) => name}
        columns={[
          { key: "field", head: t("roles.field"), cell: ({ label }) => <span className={styles.fieldName}>{label}</span> },
          {
            key: "rule",
            head: t("roles.rule"),
            cell: ({ name, label }) => {
              const [from, rule] = [fieldRuleOf(before, kind.name, name), fieldRuleOf(after, kind.name, name)];
              return (
                <span className={styles.rule} data-changed={from !== rule || undefined} data-rule={rule}>
                  <NativeSelect
                    variant="unstyled"
                    size="md"
                    rightSection={<Icon name="right" size={12} />}
                    rightSectionWidth={24}
                    classNames={{ section: styles.turned ?? "" }}
                    aria-label={t("roles.rule_of", { field: label })}
                    value={rule}
                    onChange={({ currentTarget }) =>
                      change({ kind: "field", object: kind.name, field: name, from, to: currentTarget.value as FieldRule })
                    }
                    data={fieldRules.map((one) => ({ value: one, label: t(`roles.rule_${one}`) }))}
                  />
                </span>
              );
            },
          },
        ]}
      />
    </Section>
  );

  function withCount(name: string, plural: string): string {
    const count = restrictedCount(after, name);
    return count === 0 ? plural : t("roles.fields_count", { object: plural, count });
  }
}
