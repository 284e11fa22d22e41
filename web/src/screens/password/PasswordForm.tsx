import { Alert, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "../../api/changes";
import { ApiProblem } from "../../api/problem";
import { useMe } from "../../api/queries";
import { Button } from "../../ui/Button";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";

interface PasswordFormProps {
  onSaved: () => void;
  /** Absent where there is no way around it. */
  onCancel?: () => void;
}

/** The present password and the new one. What a good one is, the server says, at its field. */
export function PasswordForm({ onSaved, onCancel }: PasswordFormProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const client = useQueryClient();
  const me = useMe();
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const change = useMutation({ mutationFn: () => changePassword(client, { present, password }), onSuccess: onSaved });
  const problem = change.error instanceof ApiProblem ? change.error : null;
  const atFields = [problem?.at("/present_password"), problem?.at("/password")];
  const missing = (value: string) => (checked && value === "" ? t("sign_in.password_required") : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (present !== "" && password !== "") change.mutate();
  };
  return (
    <form className={forms.form} onSubmit={submit} noValidate>
      {change.error && atFields.every((message) => message === undefined) && (
        <Alert color="ember" variant="light" role="alert">
          {textOf(change.error)}
        </Alert>
      )}
      {/* Password managers keep a password by its login. */}
      <input type="text" name="username" autoComplete="username" value={me.login} readOnly hidden />
      <PasswordInput
        size="md"
        classNames={{ visibilityToggle: forms.eye ?? "" }}
        label={t("password.present")}
        name="present_password"
        autoComplete="current-password"
        value={present}
        onChange={(event) => setPresent(event.currentTarget.value)}
        error={atFields[0] ?? missing(present)}
        aria-invalid={(atFields[0] ?? missing(present)) !== undefined}
        autoFocus
      />
      <PasswordInput
        size="md"
        classNames={{ visibilityToggle: forms.eye ?? "" }}
        label={t("password.new")}
        description={t("password.help")}
        name="new_password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={atFields[1] ?? missing(password)}
        aria-invalid={(atFields[1] ?? missing(password)) !== undefined}
      />
      <div className={forms.actions}>
        <Button type="submit" size="md" loading={change.isPending} fullWidth={onCancel === undefined}>
          {t("password.save")}
        </Button>
        {onCancel && (
          <Button variant="default" size="md" onClick={onCancel}>
            {t("app.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
