import { useTranslation } from "react-i18next";
import type { Field } from "../../api/model";
import { useModel } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { drafted, isEditable } from "../../record/fieldDraft";
import { FieldInput } from "../../record/FieldInput";
import { Icon } from "../../ui/icons";
import type { VisitDraft } from "./draft";
import styles from "./VisitPage.module.css";
import type { PartProps } from "./VisitParts";

const nobody: AnyRecord = { id: "" };

/** A field of the visit that an administrator has put into the form. */
export function AskedField({ name, draft, change, errorAt }: PartProps & { name: string }) {
  const model = useModel();
  const field = model.field("visit", name);
  if (field === undefined || !isEditable(field)) return null;
  return (
    <FieldInput
      object="visit"
      field={field}
      record={nobody}
      value={draft.more[name] ?? drafted(field, null)}
      onChange={(value) => change({ more: { ...draft.more, [name]: value } })}
      error={errorAt(`/${name}`)}
    />
  );
}

interface PortraitProps {
  hcp: Hcp;
  fields: string[];
  draft: VisitDraft;
  change: PartProps["change"];
}

/** The doctor's own traits, put right where they have changed: they are saved with the visit. */
export function Portrait({ hcp, fields, draft, change }: PortraitProps) {
  const { t } = useTranslation();
  const model = useModel();
  const record = hcp as unknown as AnyRecord;
  // What is not asked of this kind of person, or not theirs to change, is left out.
  const asked = new Set(model.formSections("hcp", record).flatMap((section) => section.fields));
  const known = fields
    .filter((name) => asked.has(name))
    .map((name) => model.field("hcp", name))
    .filter((field): field is Field => field !== undefined && isEditable(field));
  if (known.length === 0 || !model.may("hcp", "update")) return null;
  const facts = known.map((field) => told(field, record, model)).filter(Boolean);
  return (
    <details className={styles.portrait}>
      <summary>
        <Icon name="person" size={18} />
        <span>
          {t("visit.portrait")}
          {facts.length > 0 && <small>{facts.join(" · ")}</small>}
        </span>
      </summary>
      <div className={styles.portraitFields}>
        {known.map((field) => (
          <FieldInput
            key={field.name}
            object="hcp"
            field={field}
            record={record}
            value={draft.portrait[field.name] ?? drafted(field, record[field.name])}
            onChange={(value) => change({ portrait: { ...draft.portrait, [field.name]: value } })}
            error={undefined}
          />
        ))}
      </div>
    </details>
  );
}

/** The present value in a word, so that one sees without opening whether it still holds. */
function told(field: Field, record: AnyRecord, model: ReturnType<typeof useModel>): string | null {
  const value = record[field.name];
  if (typeof value !== "string" || value === "") return null;
  return field.type === "choice" ? model.choiceLabel("hcp", field.name, value) : value;
}
