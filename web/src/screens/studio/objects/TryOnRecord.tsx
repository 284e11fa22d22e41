import { useQuery } from "@tanstack/react-query";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { recordQuery, type Condition } from "../../../api/records";
import type { AnyRecord } from "../../../api/shapes";
import { holds } from "../../../condition/holds";
import { DesignedModel } from "../../../condition/useReading";
import { ReferenceSelect } from "../../../record/ReferenceSelect";
import { ErrorNotice } from "../../../ui/parts";
import styles from "../Studio.module.css";

interface TryOnRecordProps {
  object: string;
  /** Whether this holds for the record is told; left out, the whole form is. */
  condition?: Condition | undefined;
  whole?: boolean;
}

/** What a form would ask of a record that is there, before anything is published. */
export function TryOnRecord({ object, condition, whole = false }: TryOnRecordProps) {
  const { t } = useTranslation();
  const inForce = useModel();
  const [id, setId] = useState("");
  const record = useQuery({ ...recordQuery(object, id), enabled: id !== "" });
  // Of a kind of record that is not published yet there is none to try it on.
  if (inForce.object(object) === undefined) return null;
  return (
    <section className={styles.tried} aria-label={t("studio.objects.try")}>
      <ReferenceSelect
        label={t("studio.objects.try")}
        description={t("studio.objects.try_hint")}
        error={undefined}
        required={false}
        object={object}
        value={id}
        title=""
        onChange={setId}
      />
      <div role="status">
        {record.isError && <ErrorNotice error={record.error} />}
        {record.data !== undefined &&
          (whole ? (
            <FormOf object={object} record={record.data} />
          ) : (
            <p>{t(holds(condition, record.data as never) ? "studio.objects.try_shown" : "studio.objects.try_hidden", { who: record.data.title })}</p>
          ))}
      </div>
    </section>
  );
}

/** The sections and fields that the form has for this record. */
function FormOf({ object, record }: { object: string; record: AnyRecord }) {
  const { t } = useTranslation();
  const inForce = useModel();
  const model = useContext(DesignedModel) ?? inForce;
  const sections = model.formSections(object, record as never);
  return (
    <dl className={styles.form}>
      {sections.map((section) => (
        <div key={section.place}>
          <dt>{model.label(section)}</dt>
          <dd>{model.sectionFields(object, section).map((field) => model.nameOf(field)).join(t("condition.comma"))}</dd>
        </div>
      ))}
    </dl>
  );
}
