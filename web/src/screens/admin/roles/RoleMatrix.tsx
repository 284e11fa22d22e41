import { NativeSelect } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inARow } from "../../../lib/inARow";
import { Icon } from "../../../ui/icons";
import { Section } from "../../../ui/parts";
import { SearchInput } from "../../../ui/SearchInput";
import styles from "./RoleMatrix.module.css";
import { scopeOf, scopes, verbs, type Change, type RoleBody, type Scope, type Verb } from "./role";
import { ScopeMark } from "./ScopeMark";
import type { Kind } from "./useRoles";
import { ActionIcon } from "../../../ui/Button";

interface RoleMatrixProps {
  kinds: Kind[];
  /** What is in force, and what it would be with the changes. */
  before: RoleBody;
  after: RoleBody;
  change: (change: Change) => void;
  q: string;
  search: (q: string) => void;
}

/** For each kind of record, over whose records each verb reaches: a table, on a phone one list that unfolds. */
export function RoleMatrix({ kinds, before, after, change, q, search }: RoleMatrixProps) {
  const { t, i18n } = useTranslation();
  const wanted = q.trim().toLocaleLowerCase(i18n.language);
  const shown = kinds.filter(({ name, label, plural }) =>
    [name, label, plural].some((text) => text.toLocaleLowerCase(i18n.language).includes(wanted)),
  );
  return (
    <Section title={t("roles.matrix")} hint={t("roles.matrix_hint")}>
      <SearchInput className={styles.search} label={t("roles.search")} value={q} onChange={search} />
      {shown.length === 0 && <p>{t("roles.nothing")}</p>}
      <div className={styles.frame}>
        <table role="table" className={styles.table} aria-label={t("roles.matrix")}>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {t("roles.object")}
              </th>
              {verbs.map((verb) => (
                <th key={verb} role="columnheader" scope="col">
                  {t(`roles.verb_${verb}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((kind) => (
              <KindRow key={kind.name} kind={kind} before={before} after={after} change={change} alone={shown.length <= 2} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

interface KindRowProps extends Pick<RoleMatrixProps, "before" | "after" | "change"> {
  kind: Kind;
  /** So few are shown that each is open on a phone as well. */
  alone: boolean;
}

function KindRow({ kind, before, after, change, alone }: KindRowProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = opened || alone;
  return (
    <tr role="row" data-open={open || undefined}>
      <th role="rowheader" scope="row">
        <span>{kind.plural}</span>
        {!open && <Reaches body={after} object={kind.name} />}
        <ActionIcon
          className={styles.toggle}
          variant="subtle"
          color="gray"
          size={44}
          aria-expanded={open}
          aria-label={t("roles.show", { object: kind.plural })}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="right" />
        </ActionIcon>
      </th>
      {verbs.map((verb) => (
        <td key={verb} role="cell">
          <span className={styles.verb} aria-hidden="true">
            {t(`roles.verb_${verb}`)}
          </span>
          <ScopeCell kind={kind} verb={verb} before={before} after={after} change={change} />
        </td>
      ))}
    </tr>
  );
}

/** A phone's closed row: what may be done with all, the team's, one's own; said to nobody who hears the table itself. */
function Reaches({ body, object }: { body: RoleBody; object: string }) {
  const { t, i18n } = useTranslation();
  const groups = [...scopes]
    .reverse()
    .map((scope) => ({ scope, may: scope === "none" ? [] : verbs.filter((verb) => scopeOf(body, object, verb) === scope) }))
    .filter(({ may }) => may.length > 0);
  return (
    <span className={styles.sum} aria-hidden="true">
      {groups.length === 0 && <Reach scope="none" />}
      {groups.map(({ scope, may }) => (
        <Reach key={scope} scope={scope}>
          {inARow(i18n.language, may.map((verb) => t(`roles.verb_${verb}`)))}
        </Reach>
      ))}
    </span>
  );
}

function Reach({ scope, children }: { scope: Scope; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className={styles.reach}>
      <ScopeMark scope={scope} />
      <b>{t(`roles.scope_${scope}`)}</b>
      {children && <span>{children}</span>}
    </span>
  );
}

function ScopeCell({ kind, verb, before, after, change }: Omit<KindRowProps, "alone"> & { verb: Verb }) {
  const { t } = useTranslation();
  const [from, scope] = [scopeOf(before, kind.name, verb), scopeOf(after, kind.name, verb)];
  return (
    <span className={styles.cell} data-changed={from !== scope || undefined}>
      <ScopeMark scope={scope} />
      <NativeSelect
        variant="unstyled"
        size="md"
        rightSection={<Icon name="right" size={12} />}
        rightSectionWidth={20}
        classNames={{ section: styles.turned ?? "" }}
        aria-label={t("roles.cell", { verb: t(`roles.verb_${verb}`), object: kind.plural })}
        value={scope}
        onChange={({ currentTarget }) =>
          change({ kind: "scope", object: kind.name, verb, from, to: currentTarget.value as Scope })
        }
        data={scopes.map((one) => ({ value: one, label: t(`roles.scope_${one}`) }))}
      />
    </span>
  );
}
