import { NativeSelect } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { tidyTexts, type Texts } from "./body";
import { CodeInput, useCode } from "./CodeInput";
import { TextsInput } from "./TextsInput";

interface NewDialogProps {
  title: string;
  /** Names that are taken. */
  taken: string[];
  begin: (name: string, labels: Texts) => void;
  close: () => void;
  /** What else has to be known from the start. */
  children?: ReactNode;
}

/** Asks what something new is called; it is begun as a draft on this device. */
export function NewDialog({ title, taken, begin, close, children }: NewDialogProps) {
  const { t } = useTranslation();
  const [labels, setLabels] = useState<Texts>({});
  const { code: name, type } = useCode(labels);
  const isTaken = taken.includes(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTaken) begin(name, tidyTexts(labels) ?? {});
  };
  return (
    <Dialog title={title} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <TextsInput label={t("studio.member.labels")} required value={labels} onChange={setLabels} />
        <CodeInput value={name} onChange={type} isTaken={isTaken} />
        {children}
        <FormActions busy={false} cancel={close} submit={t("studio.begin")} />
      </form>
    </Dialog>
  );
}

interface ObjectSelectProps {
  label: string;
  value: string;
  onChange: (object: string) => void;
  objects: { value: string; label: string }[];
  error?: string | undefined;
}

export function ObjectSelect({ label, value, onChange, objects, error }: ObjectSelectProps) {
  return (
    <NativeSelect
      size="md"
      label={label}
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={objects}
    />
  );
}
