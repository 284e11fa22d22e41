import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { Chip, Chips } from "../../../ui/marks";
import styles from "../Studio.module.css";

interface FieldChipsProps {
  label: string;
  hint?: string;
  object: string;
  value: string[];
  onChange: (fields: string[]) => void;
  error?: string | undefined;
  /** At most so many. */
  most?: number;
  /** Which fields can be chosen. */
  accepts?: (type: string) => boolean;
}

/** Some fields of an object, in their order. */
export function FieldChips({ label, hint, object, value, onChange, error, most = 20, accepts = () => true }: FieldChipsProps) {
  const { t } = useTranslation();
  const model = useModel();
  const free = (model.object(object)?.fields ?? []).filter(({ name, type }) => !value.includes(name) && accepts(type));
  return (
    <div className={styles.texts}>
      <NativeSelect
        size="md"
        label={label}
        description={hint}
        error={error}
        value=""
        disabled={value.length >= most}
        onChange={({ currentTarget }) => onChange([...value, currentTarget.value])}
        data={[{ value: "", label: t("studio.add_one") }, ...free.map(({ name }) => ({ value: name, label: model.fieldLabel(object, name) }))]}
      />
      {value.length > 0 && (
        <Chips label={label}>
          {value.map((name) => (
            <Chip
              key={name}
              remove={() => onChange(value.filter((one) => one !== name))}
              removeLabel={t("studio.remove_of", { what: model.fieldLabel(object, name) })}
            >
              {model.fieldLabel(object, name)}
            </Chip>
          ))}
        </Chips>
      )}
    </div>
  );
}
