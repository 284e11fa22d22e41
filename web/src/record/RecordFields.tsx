import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, ShownSection } from "../api/model";
import { useModel } from "../api/queries";
import type { AnyRecord } from "../api/shapes";
import { Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { FieldValue } from "./FieldValue";
import styles from "./RecordFields.module.css";
import { isEditable } from "./fieldDraft";
import { SectionEditor } from "./SectionEditor";

interface RecordFieldsProps {
  object: string;
  record: AnyRecord;
  /** Which of the fields may be changed now, where the record's state says so; a group with none is only read. */
  canEdit?: (field: Field) => boolean;
}

/** A record's fields as the model's layout groups them, each group editable in place: a field added there appears here. */
export function RecordFields({ object, record, canEdit }: RecordFieldsProps) {
  const model = useModel();
  return (
    <div className={styles.fields}>
      {model.formSections(object, record).map((section) => (
        <FieldsSection
          key={section.place}
          object={object}
          section={section}
          record={record}
          {...(canEdit ? { canEdit } : {})}
        />
      ))}
    </div>
  );
}

function FieldsSection({ object, section, record, canEdit = isEditable }: RecordFieldsProps & { section: ShownSection }) {
  const model = useModel();
  const [view, setView] = useState<"read" | "edit" | "edited">("read");
  // A field that this person may not see is absent from the record.
  const fields = model.sectionFields(object, section).filter((field) => field.name in record);
  const hasEditor = model.may(object, "update") && fields.some((field) => isEditable(field) && canEdit(field));
  const title = model.label(section);
  if (fields.length === 0) return null;
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.head}>
        <h2>{title}</h2>
        {hasEditor && view !== "edit" && (
          <EditButton title={title} edit={() => setView("edit")} takeFocus={view === "edited"} />
        )}
      </header>
      {view === "edit" ? (
        <SectionEditor object={object} place={section.place} record={record} close={() => setView("edited")} />
      ) : (
        <dl>
          {fields.map((field) => (
            <FieldLine key={field.name} object={object} field={field} record={record} />
          ))}
        </dl>
      )}
    </section>
  );
}

interface EditButtonProps {
  title: string;
  edit: () => void;
  /** The editor has just closed: the focus comes back to where it was. */
  takeFocus: boolean;
}

function EditButton({ title, edit, takeFocus }: EditButtonProps) {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      size="sm"
      className={styles.edit}
      leftSection={<Icon name="pen" size={16} />}
      onClick={edit}
      data-edit
      aria-label={t("record.edit_of", { section: title })}
      autoFocus={takeFocus}
    >
      {t("app.edit")}
    </Button>
  );
}

export function FieldLine({ object, field, record }: RecordFieldsProps & { field: Field }) {
  const model = useModel();
  return (
    <div className={styles.line}>
      <dt>{model.nameOf(field)}</dt>
      <dd>
        <FieldValue object={object} field={field} record={record} />
      </dd>
    </div>
  );
}
