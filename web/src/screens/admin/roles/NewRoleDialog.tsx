import { NativeSelect, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { usePublish, type Definition } from "../../../api/definitions";
import { ApiProblem } from "../../../api/problem";
import { languageNames, languages } from "../../../i18n";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { ErrorNotice } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import type { RoleBody } from "./role";
import styles from "./RolePage.module.css";

interface NewRoleDialogProps {
  roles: Definition[];
  close: () => void;
}

/** A role of the administrator's own, begun as a copy of another. */
export function NewRoleDialog({ roles, close }: NewRoleDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const usable = roles.filter(({ body }) => body != null);
  const [from, setFrom] = useState(usable[0]?.name ?? "");
  const [code, setCode] = useState("");
  const [labels, setLabels] = useState<Partial<Record<string, string>>>({});
  const publish = usePublish("roles", code);
  const isTaken = roles.some(({ name }) => name === code) || (publish.error instanceof ApiProblem && publish.error.status === 412);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    const body = usable.find(({ name }) => name === from)?.body as RoleBody;
    publish.mutate(
      { version: 0, body: { ...body, role: code, labels }, note: "" },
      {
        onSuccess: () => {
          toast({ text: t("roles.created") });
          void navigate({ to: "/admin/roles/$role", params: { role: code } });
        },
      },
    );
  };
  return (
    <Dialog title={t("roles.new_title")} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <p className={styles.quiet}>{t("roles.new_hint")}</p>
        <NativeSelect
          size="md"
          label={t("roles.new_from")}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          data={usable.map(({ name, label }) => ({ value: name, label }))}
        />
        <TextInput
          size="md"
          required
          withAsterisk={false}
          label={t("roles.new_code")}
          pattern="[a-z][a-z0-9_]{0,47}"
          autoComplete="off"
          spellCheck={false}
          error={isTaken && t("roles.new_taken", { code })}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value.trim())}
        />
        {languages.map((language) => (
          <TextInput
            key={language}
            size="md"
            required
            withAsterisk={false}
            lang={language}
            label={t("roles.new_label", { language: languageNames[language] })}
            maxLength={100}
            value={labels[language] ?? ""}
            onChange={({ currentTarget }) => setLabels({ ...labels, [language]: currentTarget.value })}
          />
        ))}
        {publish.isError && !isTaken && <ErrorNotice error={publish.error} />}
        <FormActions busy={publish.isPending} cancel={close} submit={t("roles.create")} />
      </form>
    </Dialog>
  );
}
