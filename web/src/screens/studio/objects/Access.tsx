import { NativeSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState, Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { textFor, type ObjectBody, type Texts } from "../design/body";
import styles from "../Studio.module.css";
import { isOwned, navOf, scopeOf, scopes, verbs, withNav, withScope, type AccessVerb, type RoleBody, type Scope } from "./access";

interface AccessProps {
  body: ObjectBody;
  roles: RoleBody[];
  change: (body: ObjectBody) => void;
  changeRole: (role: RoleBody) => void;
}

/** Which role may read and change the records, and in whose navigation their list stands. */
export function Access({ body, roles, change, changeRole }: AccessProps) {
  const { t, i18n } = useTranslation();
  const labelOf = (role: RoleBody) => textFor(role["labels"] as Texts | undefined, i18n.language, role.role);
  const nav = navOf(body);
  return (
    <Section title={t("studio.objects.part_access")} hint={t(isOwned(body) ? "studio.objects.access_hint" : "studio.objects.access_hint_nobodys")}>
      {roles.length === 0 ? (
        <EmptyState icon="lock">{t("studio.objects.no_roles")}</EmptyState>
      ) : (
        <Table
          label={t("studio.objects.part_access")}
          rows={roles}
          rowKey={({ role }) => role}
          columns={[
            { key: "role", head: t("studio.member.role"), cell: (role) => labelOf(role) },
            ...verbs.map((verb) => ({
              key: verb,
              head: t(`studio.objects.may_${verb}`),
              cell: (role: RoleBody) => (
                <ScopeSelect
                  label={`${labelOf(role)}: ${t(`studio.objects.may_${verb}`)}`}
                  value={scopeOf(role, body.object, verb)}
                  owned={isOwned(body)}
                  onChange={(scope) => changeRole(withScope(role, body.object, verb as AccessVerb, scope))}
                />
              ),
            })),
            {
              key: "nav",
              head: t("studio.objects.in_nav"),
              cell: (role) => (
                <Switch
                  size="md"
                  className={styles.check}
                  aria-label={`${labelOf(role)}: ${t("studio.objects.in_nav")}`}
                  disabled={scopeOf(role, body.object, "read") === "none" && !nav.includes(role.role)}
                  checked={nav.includes(role.role)}
                  onChange={({ currentTarget }) => change(withNav(body, role.role, currentTarget.checked))}
                />
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

interface ScopeSelectProps {
  label: string;
  value: Scope;
  owned: boolean;
  onChange: (scope: Scope) => void;
}

function ScopeSelect({ label, value, owned, onChange }: ScopeSelectProps) {
  const { t } = useTranslation();
  const offered = scopes.filter((scope) => owned || scope === "none" || scope === "all" || scope === value);
  return (
    <NativeSelect
      size="md"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as Scope)}
      data={offered.map((scope) => ({ value: scope, label: t(`studio.objects.scope_${scope}`) }))}
    />
  );
}
