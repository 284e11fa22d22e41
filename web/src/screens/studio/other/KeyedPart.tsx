import { TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ActionIcon, Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import styles from "../Studio.module.css";

type Members = Record<string, unknown>;

interface KeyedPartProps {
  label: string;
  description: string | undefined;
  value: unknown;
  /** What a new one is at first. */
  begun: unknown;
  change: (value: Members | undefined) => void;
  /** The form of what stands under a name. */
  part: (name: string, value: unknown, change: (next: unknown) => void) => ReactNode;
}

/** Parts by a name that people give: rules, groups of words, markets. */
export function KeyedPart({ label, description, value, begun, change, part }: KeyedPartProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const members = typeof value === "object" && value !== null ? (value as Members) : {};
  const isFree = name.trim() !== "" && !(name.trim() in members);
  const put = (next: Members) => change(Object.keys(next).length === 0 ? undefined : next);
  const remove = (gone: string) => put(Object.fromEntries(Object.entries(members).filter(([one]) => one !== gone)));
  return (
    <fieldset className={styles.box}>
      <legend>{label}</legend>
      {description !== undefined && <p className={styles.quiet}>{description}</p>}
      {Object.entries(members).map(([one, inner]) => (
        <div key={one} className={styles.value}>
          {part(one, inner, (next) => put({ ...members, [one]: next ?? begun }))}
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: one })} onClick={() => remove(one)}>
            <Icon name="trash" />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.value}>
        <TextInput size="md" label={t("studio.new_name", { what: label })} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        <Button
          variant="default"
          size="md"
          leftSection={<Icon name="plus" size={18} />}
          disabled={!isFree}
          onClick={() => {
            put({ ...members, [name.trim()]: begun });
            setName("");
          }}
        >
          {t("studio.add_to", { what: label })}
        </Button>
      </div>
    </fieldset>
  );
}
