import { Alert, NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCreateToken } from "../../api/me";
import { ApiProblem } from "../../api/problem";
import { Dialog } from "../../ui/Dialog";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";
import { SecretDialog } from "./SecretDialog";

const days = ["30", "90", "365", "never"] as const;
const millisecondsPerDay = 86_400_000;

/** Asks what the token is for, makes it, and shows its secret this once. */
export function NewTokenDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const create = useCreateToken();
  if (create.data !== undefined) {
    return <SecretDialog title={t("settings.token_shown")} words={t("settings.token_once")} secret={create.data} close={close} />;
  }
  return (
    <Dialog title={t("settings.token_new")} close={close}>
      <TokenForm create={create} close={close} />
    </Dialog>
  );
}

function TokenForm({ create, close }: { create: ReturnType<typeof useCreateToken>; close: () => void }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const [name, setName] = useState("");
  const [valid, setValid] = useState<string>("90");
  const [checked, setChecked] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which gives the focus to its first button.
  useEffect(() => first.current?.focus(), []);
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const wrong = problem?.at("/name") ?? (checked && name.trim() === "" ? t("settings.token_name_required") : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "") return;
    const expires_at = valid === "never" ? null : new Date(Date.now() + Number(valid) * millisecondsPerDay).toISOString();
    create.mutate({ name: name.trim(), expires_at });
  };
  return (
    <form className={forms.form} onSubmit={submit} noValidate>
      {create.error && problem?.at("/name") === undefined && <Alert role="alert">{textOf(create.error)}</Alert>}
      <TextInput
        size="md"
        label={t("settings.token_name")}
        description={t("settings.token_name_help")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong}
        maxLength={100}
        autoComplete="off"
        ref={first}
      />
      <NativeSelect
        size="md"
        label={t("settings.token_expiry")}
        value={valid}
        onChange={(event) => setValid(event.currentTarget.value)}
        data={days.map((one) => ({ value: one, label: t(one === "never" ? "settings.never" : `settings.days_${one}`) }))}
      />
      <FormActions busy={create.isPending} cancel={close} submit={t("settings.token_create")} />
    </form>
  );
}
