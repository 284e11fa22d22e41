import { ActionIcon, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import type { Condition } from "../../../api/records";
import { ConditionBuilder } from "../../../condition/ConditionBuilder";
import { Icon } from "../../../ui/icons";
import { MoveButtons } from "../../../ui/MoveButtons";
import { textFor, tidyTexts } from "../design/body";
import { FieldChips } from "../design/FieldChips";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import { useObjectOptions } from "../rules/RulesPage";
import styles from "../Studio.module.css";
import { ofForm, ofObject, shapes, type Shape, type WidgetBody } from "./dashboard";

interface WidgetEditorProps {
  dashboard: string;
  widget: WidgetBody;
  index: number;
  count: number;
  change: (widget: WidgetBody) => void;
  move: (by: number) => void;
  remove: () => void;
}

/** One widget: closed it is a line, open it is all that can be said of it. */
export function WidgetEditor({ dashboard, widget, index, count, change, move, remove }: WidgetEditorProps) {
  const { t, i18n } = useTranslation();
  const wrong = useProblemAt("dashboards", dashboard)(`/widgets/${index}`);
  const [open, setOpen] = useState(Object.keys(widget.labels).length === 0);
  const title = textFor(widget.labels, i18n.language, t("studio.dashboards.new_widget"));
  return (
    <li className={styles.box} data-wrong={wrong !== undefined || undefined}>
      <div className={styles.boxHead}>
        <h3>
          {title} <span className={styles.quiet}>{t(`studio.dashboards.form_${widget.form}`)}</span>
        </h3>
        <span className={styles.tools}>
          <MoveButtons what={title} index={index} count={count} move={move} />
          <ActionIcon variant="subtle" color="gray" size={44} aria-expanded={open} aria-label={t("studio.change_of", { what: title })} onClick={() => setOpen(!open)}>
            <Icon name="pen" />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("studio.remove_of", { what: title })} onClick={remove}>
            <Icon name="trash" />
          </ActionIcon>
        </span>
      </div>
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      {open && <WidgetForm widget={widget} change={change} />}
    </li>
  );
}

function WidgetForm({ widget, change }: { widget: WidgetBody; change: (widget: WidgetBody) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const objects = useObjectOptions();
  const put = (more: Partial<WidgetBody>) => change({ ...widget, ...more });
  const hasOwner = model.field(widget.object, "owner") !== undefined;
  return (
    <>
      <TextsInput label={t("studio.member.labels")} required value={widget.labels} onChange={(labels) => put({ labels })} />
      <TextsInput label={t("studio.member.help")} value={widget.help} onChange={(help) => change(withHelp(widget, help))} />
      <div className={styles.pair}>
        <NativeSelect
          size="md"
          label={t("studio.dashboards.form")}
          value={widget.form}
          onChange={({ currentTarget }) => change(ofForm(widget, currentTarget.value as Shape))}
          data={shapes.map((value) => ({ value, label: t(`studio.dashboards.form_${value}`) }))}
        />
        <NativeSelect
          size="md"
          label={t("studio.member.object")}
          value={widget.object}
          onChange={({ currentTarget }) => change(ofObject(widget, currentTarget.value))}
          data={objects}
        />
      </div>
      {hasOwner && (
        <Switch
          size="md"
          label={t("studio.dashboards.own")}
          checked={widget.scope === "own"}
          onChange={({ currentTarget }) => {
            const { scope: _, ...rest } = widget;
            change((currentTarget.checked ? { ...rest, scope: "own" } : rest) as WidgetBody);
          }}
        />
      )}
      <p>
        <b>{t("studio.member.condition")}</b>
      </p>
      <ConditionBuilder
        key={widget.object}
        object={widget.object}
        logic={bare(widget.condition)}
        onChange={(condition) => {
          const { condition: _, ...rest } = widget;
          change((condition === undefined ? rest : { ...rest, condition }) as WidgetBody);
        }}
      />
      {widget.form === "list" ? <ListForm widget={widget} put={put} /> : <GroupForm widget={widget} put={put} />}
    </>
  );
}

const bare = (condition: unknown): Condition | undefined =>
  typeof condition === "object" && condition !== null && Object.keys(condition).length > 0 ? (condition as Condition) : undefined;

function withHelp(widget: WidgetBody, help: WidgetBody["help"]): WidgetBody {
  const { help: _, ...rest } = widget;
  const said = tidyTexts(help);
  return (said === undefined ? rest : { ...rest, help: said }) as WidgetBody;
}

interface PartProps {
  widget: WidgetBody;
  put: (more: Partial<WidgetBody>) => void;
}

function GroupForm({ widget, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <FieldChips
      label={t("studio.member.group")}
      hint={t("studio.dashboards.group_hint")}
      object={widget.object}
      value={widget.group ?? []}
      most={2}
      accepts={(type) => ["choice", "reference", "boolean", "text"].includes(type)}
      onChange={(group) => put({ group })}
    />
  );
}

function ListForm({ widget, put }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [sort = ""] = widget.sort ?? [];
  const descending = sort.startsWith("-");
  const sorted = descending ? sort.slice(1) : sort;
  const indexed = (model.object(widget.object)?.fields ?? []).filter((field) => field.indexed === true || field.unique === true || field.name === sorted);
  const [, ...more] = widget.sort ?? [];
  const order = (field: string, down: boolean) => put({ sort: field === "" ? more : [`${down ? "-" : ""}${field}`, ...more] });
  const plain = (widget.fields ?? []).filter((name) => !name.includes("."));
  const through = (widget.fields ?? []).filter((name) => name.includes("."));
  return (
    <>
      <FieldChips
        label={t("studio.member.fields")}
        object={widget.object}
        value={plain}
        most={40}
        onChange={(fields) => put({ fields: [...fields, ...through] })}
      />
      <div className={styles.pair}>
        <NativeSelect
          size="md"
          label={t("studio.member.sort")}
          value={sorted}
          onChange={({ currentTarget }) => order(currentTarget.value, descending)}
          data={[{ value: "", label: t("studio.dashboards.newest") }, ...indexed.map(({ name }) => ({ value: name, label: model.fieldLabel(widget.object, name) }))]}
        />
        <NativeSelect
          size="md"
          label={t("studio.dashboards.direction")}
          disabled={sorted === ""}
          value={descending ? "down" : "up"}
          onChange={({ currentTarget }) => order(sorted, currentTarget.value === "down")}
          data={[
            { value: "up", label: t("studio.dashboards.ascending") },
            { value: "down", label: t("studio.dashboards.descending") },
          ]}
        />
        <TextInput
          size="md"
          type="number"
          label={t("studio.member.limit")}
          min={1}
          max={1000}
          value={String(widget.limit ?? 50)}
          onChange={({ currentTarget }) => put({ limit: Math.trunc(Number(currentTarget.value)) })}
        />
      </div>
    </>
  );
}
