import { Alert } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../../../api/model";
import { ApiProblem } from "../../../api/problem";
import { useModel } from "../../../api/queries";
import { useCreateRecord } from "../../../api/records";
import type { AnyRecord } from "../../../api/shapes";
import { useHandOutPassword } from "../../../api/users";
import { randomId } from "../../../lib/ids";
import { FieldInput } from "../../../record/FieldInput";
import { changesOf, draftOf, type FieldDraft } from "../../../record/fieldDraft";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { useErrorText } from "../../../ui/parts";
import { temporaryPassword } from "./password";
import { HandedOut } from "./UserDialogs";
import { Button } from "../../../ui/Button";

/** What has to be known of a new person before the first sign-in; the rest they tell themselves. */
const asked = ["name", "login", "role", "team", "manager", "email", "lang", "zone"];

/** A new person, and the password to hand out: two steps, one dialog. */
export function AddUser({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<AnyRecord | null>(null);
  return (
    <Dialog title={t("users.add")} close={close} form="panel">
      {made === null ? <UserForm close={close} done={setMade} /> : <FirstPassword user={made} close={close} />}
    </Dialog>
  );
}

function startOf(fields: Field[]): AnyRecord {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const values = Object.fromEntries(fields.map((field) => [field.name, field.name === "zone" ? zone : (field.default ?? null)]));
  return { ...values, id: "" };
}

function UserForm({ close, done }: { close: () => void; done: (user: AnyRecord) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const textOf = useErrorText();
  const create = useCreateRecord("user");
  const fields = asked.flatMap((name) => model.field("user", name) ?? []);
  const [start] = useState(() => startOf(fields));
  const [key, setKey] = useState(randomId);
  const [draft, setDraft] = useState<FieldDraft>(() => draftOf(fields, start));
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    const values = changesOf(fields, draft, { id: "" });
    create.mutate({ key, values }, { onSuccess: done, onError: () => setKey(randomId()) });
  };
  const said = fields.some((field) => problem?.at(`/${field.name}`) !== undefined);
  return (
    <form className={forms.form} onSubmit={save} noValidate>
      {create.isError && <Alert role="alert">{said ? t("record.check_fields") : textOf(create.error)}</Alert>}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          object="user"
          field={field}
          record={start}
          value={draft[field.name] ?? ""}
          onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
          error={problem?.at(`/${field.name}`)}
        />
      ))}
      <FormActions busy={create.isPending} cancel={close} submit={t("users.add")} />
    </form>
  );
}

/** Without a password nobody can sign in; it can also be handed out later, from the list. */
function FirstPassword({ user, close }: { user: AnyRecord; close: () => void }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const [password] = useState(temporaryPassword);
  const give = useHandOutPassword(user.id);
  if (give.isSuccess) return <HandedOut login={String(user["login"] ?? "")} password={password} close={close} />;
  return (
    <div className={forms.form}>
      {give.isError && <Alert role="alert">{textOf(give.error)}</Alert>}
      <p role="status">{t("users.added", { name: user.title })}</p>
      <p>{t("users.password_help")}</p>
      <div className={forms.actions}>
        <Button size="md" onClick={() => give.mutate(password)} loading={give.isPending}>
          {t("users.password_make")}
        </Button>
        <Button variant="default" size="md" onClick={close}>
          {t("users.later")}
        </Button>
      </div>
    </div>
  );
}
