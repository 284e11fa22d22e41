import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icons";
import styles from "./RolePage.module.css";
import { keyOf, rights, type Change } from "./role";
import type { Kind } from "./useRoles";
import { ActionIcon } from "../../../ui/Button";

/** What a right is called; its code where the page does not know it. */
export function useRightLabel(): (right: string) => string {
  const { t } = useTranslation();
  return (right) => {
    const known = rights.find((one) => one === right);
    return known === undefined ? right : t(`roles.right_${known}`);
  };
}

/** A change in plain words: "may no longer export: Healthcare professionals (before: Own)". */
export function useChangeSentence(kinds: readonly Kind[]): (change: Change) => string {
  const { t } = useTranslation();
  const rightLabel = useRightLabel();
  return (change) => {
    if (change.kind === "right") {
      return t(change.granted ? "roles.change_right_granted" : "roles.change_right_removed", {
        right: rightLabel(change.right),
      });
    }
    const kind = kinds.find(({ name }) => name === change.object);
    const objects = kind?.plural ?? change.object;
    if (change.kind === "scope") {
      const verb = t(`roles.verb_${change.verb}`).toLocaleLowerCase();
      return t(`roles.change_scope_${change.to}`, { verb, objects, before: t(`roles.scope_${change.from}`) });
    }
    const field = kind?.fields.find(({ name }) => name === change.field)?.label ?? change.field;
    return t(`roles.change_field_${change.to}`, { field, objects, before: t(`roles.rule_${change.from}`) });
  };
}

interface ChangeListProps {
  role: string;
  kinds: readonly Kind[];
  changes: readonly Change[];
  takeBack?: (change: Change) => void;
}

/** What a publication would change, a sentence each. */
export function ChangeList({ role, kinds, changes, takeBack }: ChangeListProps) {
  const { t } = useTranslation();
  const sentenceOf = useChangeSentence(kinds);
  return (
    <ul className={styles.changes}>
      {changes.map((change) => {
        const sentence = t("roles.change_of", { role, change: sentenceOf(change) });
        return (
          <li key={keyOf(change)}>
            <span>{sentence}</span>
            {takeBack && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t("roles.take_back", { change: sentence })}
                onClick={() => takeBack(change)}
              >
                <Icon name="undo" />
              </ActionIcon>
            )}
          </li>
        );
      })}
    </ul>
  );
}
