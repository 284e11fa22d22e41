import { Input, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf, instantAt, timeOf } from "../lib/dates";
import styles from "./InstantInput.module.css";

interface InstantInputProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  /** RFC 3339, or "" for none. */
  value: string;
  onChange: (value: string) => void;
  zone: string;
}

/** What a day alone means until the person says more: the morning. */
const usualTime = "09:00";

/** A date and a time of day on the clock of the person's own zone. */
export function InstantInput({ label, description, error, required = false, value, onChange, zone }: InstantInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const [day, setDay] = useState(value === "" ? "" : dayOf(value, zone));
  const [time, setTime] = useState(value === "" ? "" : timeOf(value, zone));
  const change = (newDay: string, newTime: string) => {
    setDay(newDay);
    setTime(newTime);
    onChange(newDay === "" || newTime === "" ? "" : instantAt(newDay, newTime, zone));
  };
  const common = { size: "md" as const, error: Boolean(error), "aria-describedby": `${id}-description ${id}-error` };
  return (
    <Input.Wrapper id={id} size="md" label={label} description={description} error={error} required={required} withAsterisk={false}>
      <div className={styles.fields}>
        <TextInput
          {...common}
          id={id}
          type="date"
          className={styles.date}
          aria-label={t("ui.date_of", { label })}
          value={day}
          onChange={(event) => change(event.currentTarget.value, event.currentTarget.value === "" ? "" : time || usualTime)}
        />
        <TextInput
          {...common}
          id={`${id}-time`}
          type="time"
          className={styles.time}
          aria-label={t("ui.time_of", { label })}
          value={time}
          onChange={(event) => change(day, event.currentTarget.value)}
        />
      </div>
    </Input.Wrapper>
  );
}
