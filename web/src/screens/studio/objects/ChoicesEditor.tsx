import { Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { choiceUsageQuery } from "../../../api/definitions";
import { languageNames, languages } from "../../../i18n";
import { ActionIcon, Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { MoveButtons } from "../../../ui/MoveButtons";
import { moved, nameFrom, replaced, textFor, without, type DefinedChoice, type DefinedField } from "../design/body";
import styles from "../Studio.module.css";
import { MergeDialog } from "./MergeDialog";

interface ChoicesEditorProps {
  object: string;
  field: DefinedField;
  /** As it is in force; undefined for a new field. */
  published: DefinedField | undefined;
  change: (choices: DefinedChoice[]) => void;
  error: string | undefined;
}

/** The choices of a field: added, named, put in order, retired, merged. One that records hold cannot go. */
export function ChoicesEditor({ object, field, published, change, error }: ChoicesEditorProps) {
  const { t, i18n } = useTranslation();
  const [merging, setMerging] = useState<DefinedChoice | null>(null);
  const usage = useQuery({ ...choiceUsageQuery(object, field.name), enabled: published !== undefined });
  if (typeof field.choices === "string") return <p className={styles.quiet}>{t("studio.objects.choices_of", { field: field.choices })}</p>;
  const choices = field.choices ?? [];
  const countOf = (code: string) => usage.data?.items.find((item) => item.code === code)?.count;
  const known = Array.isArray(published?.choices) ? published.choices : [];
  const sharing = (usage.data?.fields ?? []).filter((other) => other.object !== object || other.field !== field.name);
  const add = () => change([...choices, { code: "", labels: {} }]);
  return (
    <fieldset className={styles.texts}>
      <legend>{t("studio.member.choices")}</legend>
      {sharing.length > 0 && (
        <p className={styles.quiet}>
          {t("studio.objects.choices_shared", { fields: sharing.map((other) => `${other.object}.${other.field}`).join(", ") })}
        </p>
      )}
      <ol className={styles.boxes}>
        {choices.map((choice, index) => (
          <li key={index} className={styles.box}>
            <ChoiceHead
              choice={choice}
              index={index}
              length={choices.length}
              count={countOf(choice.code)}
              isNew={!known.some(({ code }) => code === choice.code)}
              canMerge={known.length > 1}
              move={(by) => change(moved(choices, index, by))}
              remove={() => change(without(choices, index))}
              merge={() => setMerging(choice)}
            />
            <ChoiceFields
              choice={choice}
              isNew={!known.some(({ code }) => code === choice.code)}
              change={(next) => change(replaced(choices, index, next))}
            />
          </li>
        ))}
      </ol>
      {error !== undefined && <p className={styles.wrong}>{error}</p>}
      <Button variant="default" size="md" leftSection={<Icon name="plus" size={18} />} onClick={add}>
        {t("studio.objects.add_choice")}
      </Button>
      {merging !== null && (
        <MergeDialog
          object={object}
          field={field.name}
          from={merging}
          label={textFor(merging.labels, i18n.language, merging.code)}
          count={countOf(merging.code) ?? 0}
          others={known.filter(({ code, retired }) => code !== merging.code && retired !== true)}
          merged={() => change(choices.map((one) => (one.code === merging.code ? { ...one, retired: true } : one)))}
          close={() => setMerging(null)}
        />
      )}
    </fieldset>
  );
}

interface ChoiceHeadProps {
  choice: DefinedChoice;
  /** Its place among `length` choices. */
  index: number;
  length: number;
  /** How many records hold it. */
  count: number | undefined;
  isNew: boolean;
  canMerge: boolean;
  move: (by: number) => void;
  remove: () => void;
  merge: () => void;
}

function ChoiceHead({ choice, index, length, count, isNew, canMerge, move, remove, merge }: ChoiceHeadProps) {
  const { t, i18n } = useTranslation();
  const label = textFor(choice.labels, i18n.language, choice.code);
  return (
    <div className={styles.boxHead}>
      <span className={styles.marks}>
        <b>{label || t("studio.objects.new_choice")}</b>
        {choice.retired === true && <Badge icon="history">{t("studio.member.retired")}</Badge>}
        {count !== undefined && <span className={styles.quiet}>{t("studio.objects.used", { count })}</span>}
      </span>
      <span className={styles.tools}>
        <MoveButtons what={label} index={index} count={length} move={move} />
        {!isNew && canMerge && (
          <Button variant="subtle" size="md" onClick={merge}>
            {t("studio.objects.merge")}
          </Button>
        )}
        {(isNew || count === 0) && (
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: label })} onClick={remove}>
            <Icon name="trash" />
          </ActionIcon>
        )}
      </span>
    </div>
  );
}

interface ChoiceFieldsProps {
  choice: DefinedChoice;
  isNew: boolean;
  change: (choice: DefinedChoice) => void;
}

function ChoiceFields({ choice, isNew, change }: ChoiceFieldsProps) {
  const { t } = useTranslation();
  const rename = (language: (typeof languages)[number], text: string) => {
    const labels = { ...choice.labels, [language]: text };
    const follows = isNew && language === "en" && choice.code === nameFrom(choice.labels.en ?? "");
    change({ ...choice, labels, ...(follows ? { code: nameFrom(text) } : {}) });
  };
  return (
    <>
      <div className={styles.languages}>
        {languages.map((language) => (
          <TextInput
            key={language}
            size="md"
            lang={language}
            required
            withAsterisk={false}
            label={languageNames[language]}
            maxLength={100}
            value={choice.labels[language] ?? ""}
            onChange={({ currentTarget }) => rename(language, currentTarget.value)}
          />
        ))}
        <TextInput
          size="md"
          required
          withAsterisk={false}
          label={t("studio.objects.code")}
          readOnly={!isNew}
          pattern="[A-Za-z0-9][A-Za-z0-9_\\-]{0,47}"
          autoComplete="off"
          spellCheck={false}
          value={choice.code}
          onChange={({ currentTarget }) => change({ ...choice, code: currentTarget.value.trim() })}
        />
      </div>
      {!isNew && (
        <Switch
          size="md"
          label={t("studio.objects.retire")}
          description={t("studio.objects.retire_hint")}
          checked={choice.retired === true}
          onChange={({ currentTarget }) => {
            const { retired: _, ...rest } = choice;
            change((currentTarget.checked ? { ...rest, retired: true } : rest) as DefinedChoice);
          }}
        />
      )}
    </>
  );
}
