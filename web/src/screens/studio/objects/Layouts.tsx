import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DesignedModel } from "../../../condition/useReading";
import { ActionIcon, Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { MoveButtons } from "../../../ui/MoveButtons";
import { Section } from "../../../ui/parts";
import { itemName, moved, replaced, textFor, without, type FormSection, type LayoutItem, type ObjectBody } from "../design/body";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import styles from "../Studio.module.css";
import { useDesigned } from "./designed";
import { ShownWhen } from "./ShownWhen";
import { conditionOf, itemCondition, withCondition, withItemCondition } from "./shownWhen";
import { TryOnRecord } from "./TryOnRecord";

interface LayoutsProps {
  body: ObjectBody;
  change: (body: ObjectBody) => void;
}

/** In which order fields stand, in the form and in lists. */
export function Layouts({ body, change }: LayoutsProps) {
  const { t, i18n } = useTranslation();
  const form = body.layouts?.form ?? [];
  const list = body.layouts?.list ?? [];
  const labelOf = (name: string) => textFor(body.fields.find((field) => field.name === name)?.labels, i18n.language, name);
  const putForm = (next: FormSection[]) => change({ ...body, layouts: { ...body.layouts, form: next } });
  const putList = (next: string[]) => change({ ...body, layouts: { ...body.layouts, list: next } });
  const inForm = new Set(form.flatMap(({ fields }) => fields.map(itemName)));
  const free = body.fields.map(({ name }) => name).filter((name) => !inForm.has(name));
  const designed = useDesigned(body);
  return (
    <DesignedModel.Provider value={designed}>
      <Section
        title={t("studio.objects.form")}
        hint={t("studio.objects.form_hint")}
        action={
          <Button
            variant="default"
            size="md"
            leftSection={<Icon name="plus" size={18} />}
            onClick={() => putForm([...form, { labels: {}, fields: [] }])}
          >
            {t("studio.objects.add_section")}
          </Button>
        }
      >
        <ol className={styles.boxes}>
          {form.map((section, index) => (
            <FormSectionEditor
              key={index}
              object={body.object}
              sections={form}
              index={index}
              free={free}
              labelOf={labelOf}
              change={(next) => putForm(replaced(form, index, next))}
              changeAll={putForm}
              remove={() => putForm(without(form, index))}
              section={section}
            />
          ))}
        </ol>
        <TryOnRecord object={body.object} whole />
      </Section>
      <Section title={t("studio.objects.list")} hint={t("studio.objects.list_hint")}>
        <Ordered
          items={list}
          nameOf={(name) => name}
          labelOf={labelOf}
          put={putList}
          free={body.fields.map(({ name }) => name).filter((name) => !list.includes(name))}
        />
      </Section>
    </DesignedModel.Provider>
  );
}

interface FormSectionEditorProps {
  object: string;
  section: FormSection;
  sections: FormSection[];
  index: number;
  free: string[];
  labelOf: (name: string) => string;
  change: (section: FormSection) => void;
  changeAll: (sections: FormSection[]) => void;
  remove: () => void;
}

function FormSectionEditor({ object, section, sections, index, free, labelOf, change, changeAll, remove }: FormSectionEditorProps) {
  const { t, i18n } = useTranslation();
  const title = textFor(section.labels, i18n.language, `${index + 1}`);
  const wrong = useProblemAt("objects", object)(`/layouts/form/${index}`);
  return (
    <li className={styles.box} data-wrong={wrong !== undefined || undefined}>
      <div className={styles.boxHead}>
        <h3>{title}</h3>
        <span className={styles.tools}>
          <MoveButtons what={title} index={index} count={sections.length} move={(by) => changeAll(moved(sections, index, by))} />
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: title })} onClick={remove}>
            <Icon name="trash" />
          </ActionIcon>
        </span>
      </div>
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      <TextsInput label={t("studio.objects.section_name")} required value={section.labels} onChange={(labels) => change({ ...section, labels })} />
      <ShownWhen object={object} what={title} condition={conditionOf(section)} onChange={(condition) => change(withCondition(section, condition))} />
      <Ordered
        items={section.fields}
        nameOf={itemName}
        labelOf={labelOf}
        put={(fields: LayoutItem[]) => change({ ...section, fields })}
        free={free}
        under={(item, index) => (
          <ShownWhen
            quiet
            object={object}
            what={labelOf(itemName(item))}
            condition={itemCondition(item)}
            onChange={(condition) => change({ ...section, fields: replaced(section.fields, index, withItemCondition(item, condition)) })}
          />
        )}
      />
    </li>
  );
}

interface OrderedProps<Item> {
  items: Item[];
  nameOf: (item: Item) => string;
  labelOf: (name: string) => string;
  put: (items: Item[]) => void;
  /** Fields that can be added. */
  free: string[];
  /** What is said of a field here, beside its name. */
  under?: (item: Item, index: number) => ReactNode;
}

/** Fields in their order: moved up and down, taken out, added at the end. */
function Ordered<Item extends LayoutItem>({ items, nameOf, labelOf, put, free, under }: OrderedProps<Item>) {
  const { t } = useTranslation();
  return (
    <>
      <ol className={styles.rows}>
        {items.map((item, index) => {
          const label = labelOf(nameOf(item));
          return (
            <li key={nameOf(item)}>
              <span className={styles.grow}>{label}</span>
              {under?.(item, index)}
              <span className={styles.tools}>
                <MoveButtons what={label} index={index} count={items.length} move={(by) => put(moved(items, index, by))} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={44}
                  aria-label={t("studio.remove_of", { what: label })}
                  onClick={() => put(without(items, index))}
                >
                  <Icon name="close" />
                </ActionIcon>
              </span>
            </li>
          );
        })}
      </ol>
      {free.length > 0 && (
        <NativeSelect
          size="md"
          aria-label={t("studio.objects.add_here")}
          value=""
          onChange={({ currentTarget }) => put([...items, currentTarget.value as Item])}
          data={[{ value: "", label: t("studio.objects.add_here") }, ...free.map((value) => ({ value, label: labelOf(value) }))]}
        />
      )}
    </>
  );
}
