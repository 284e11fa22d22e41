import { useTranslation } from "react-i18next";
import { quickPicks, today, type Day } from "../lib/dates";
import { ChooseOne } from "./Tiles";
import styles from "./QuickDates.module.css";
import { Input, TextInput } from "@mantine/core";
import { useId } from "react";

interface QuickDatesProps {
  label: string;
  name: string;
  value: Day | null;
  onChange: (day: Day) => void;
  zone: string;
  error?: string | undefined;
}

/** A day by one tap for what people mean most often, or by the device's own calendar. */
export function QuickDates({ label, name, value, onChange, zone, error }: QuickDatesProps) {
  const { t } = useTranslation();
  const id = useId();
  const options = quickPicks(today(zone)).map((pick) => ({ value: pick.day, label: t(`pick.${pick.key}`) }));
  return (
    <div className={styles.dates}>
      <Input.Label htmlFor={id} className={styles.label}>
        {label}
      </Input.Label>
      <ChooseOne legend={t("pick.label")} hiddenLegend name={name} options={options} value={value} onChange={onChange} />
      <TextInput
        id={id}
        type="date"
        size="md"
        value={value ?? ""}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        className={styles.date}
      />
    </div>
  );
}
