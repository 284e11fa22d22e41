import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { ChooseOne } from "../../ui/Tiles";
import styles from "./Columns.module.css";
import type { StepProps } from "./Columns";
import { keysFor } from "./targets";

const always = "";

/** By what a row finds the record that is there already; without it every row is a new one. */
export function KeyChoice({ object, draft, change }: Pick<StepProps, "draft" | "change"> & { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const keys = keysFor(model, object, draft.places ?? {});
  const what = model.pluralLabel(object);
  const nameOf = (key: string[]) => key.map((field) => model.fieldLabel(object, field)).join(" + ");
  const value = draft.key.join("+");
  const choose = (chosen: string) => change((before) => ({ ...before, key: chosen === always ? [] : chosen.split("+") }));
  return (
    <>
      <ChooseOne
        legend={t("imports.key_legend")}
        name="key"
        value={value}
        onChange={choose}
        options={[
          ...keys.map((key) => ({ value: key.join("+"), label: nameOf(key) })),
          { value: always, label: t("imports.key_none") },
        ]}
      />
      <p className={styles.quiet}>
        {value === always
          ? t(keys.length > 0 ? "imports.key_none_help" : "imports.key_impossible", { what })
          : t("imports.key_help", { key: nameOf(draft.key), what })}
      </p>
    </>
  );
}
