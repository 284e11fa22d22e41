import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Combobox, OptionHint } from "../../ui/Combobox";
import type { Target } from "./targets";

interface TargetSelectProps {
  label: string;
  targets: Target[];
  /** "" leads nowhere. */
  value: string;
  /** Fields that other columns fill already, with the name of that column. */
  taken: Map<string, string>;
  onChange: (to: string) => void;
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The field that a column goes to, found by a few letters. */
export function TargetSelect({ label, targets, value, taken, onChange }: TargetSelectProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const nowhere: Target = { to: "", label: t("imports.not_imported"), field: "" };
  const chosen = value === "" ? nowhere : (targets.find(({ to }) => to === value) ?? { ...nowhere, label: value });
  const wanted = plain(typed ?? "");
  const matches = [nowhere, ...targets].filter(
    (one) => wanted === "" || plain(one.label).includes(wanted) || one.to.includes(wanted),
  );
  const options = matches.map((one) => {
    const column = one.field === chosen.field ? undefined : taken.get(one.field);
    const why = column !== undefined && <OptionHint>{t("imports.taken_by", { column })}</OptionHint>;
    return { key: one.to, disabled: column !== undefined, shown: <>{one.label}{why}</> };
  });
  return (
    <Combobox
      label={label}
      hiddenLabel
      placeholder={chosen.label}
      value={chosen.label}
      muted={value === ""}
      typed={typed}
      onTyped={setTyped}
      options={options}
      onChoose={({ key }) => {
        setTyped(null);
        if (key !== value) onChange(key);
      }}
      none={t("record.reference_none")}
    />
  );
}
