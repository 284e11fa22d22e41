import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "../../../ui/parts";
import { useRightLabel } from "./ChangeList";
import styles from "./RolePage.module.css";
import { hasRight, rights, type Change, type RoleBody } from "./role";

interface RightsListProps {
  before: RoleBody;
  after: RoleBody;
  change: (change: Change) => void;
}

/** Rights that belong to no kind of record; those that the page has no words for are shown by their code. */
export function RightsList({ before, after, change }: RightsListProps) {
  const { t } = useTranslation();
  const labelOf = useRightLabel();
  const all = [...new Set<string>([...rights, ...(before.may ?? []), ...(after.may ?? [])])];
  return (
    <Section title={t("roles.rights")}>
      <ul className={styles.rights}>
        {all.map((right) => (
          <li key={right} data-changed={hasRight(before, right) !== hasRight(after, right) || undefined}>
            <Switch
              size="md"
              label={labelOf(right)}
              checked={hasRight(after, right)}
              onChange={({ currentTarget }) => change({ kind: "right", right, granted: currentTarget.checked })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
