import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { checkQuery, usePublish, type Definition } from "../../../api/definitions";
import { ApiProblem } from "../../../api/problem";
import { Dialog } from "../../../ui/Dialog";
import forms from "../../../ui/forms.module.css";
import { ErrorNotice } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import { ChangeList } from "./ChangeList";
import styles from "./RolePage.module.css";
import type { Change, RoleBody } from "./role";
import type { Kind } from "./useRoles";
import { Button } from "../../../ui/Button";

interface PublishDialogProps {
  definition: Definition;
  kinds: Kind[];
  changes: Change[];
  after: RoleBody;
  /** How many people have the role. */
  users: number;
  takeBack: (change: Change) => void;
  published: () => void;
  close: () => void;
}

/** The changes in plain words, checked by the server, and published with a reason. */
export function PublishDialog(props: PublishDialogProps) {
  const { definition, kinds, changes, after, users, takeBack, published, close } = props;
  const { t } = useTranslation();
  const toast = useToast();
  const [note, setNote] = useState("");
  const check = useQuery(checkQuery("roles", definition.name, after));
  const publish = usePublish("roles", definition.name);
  const isStale = publish.error instanceof ApiProblem && publish.error.status === 412;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate(
      { version: definition.version, body: after, note: note.trim() },
      {
        onSuccess: () => {
          published();
          toast({ text: t("roles.published_toast") });
        },
      },
    );
  };
  return (
    <Dialog title={t("roles.publish_title", { role: definition.label })} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <ChangeList role={definition.label} kinds={kinds} changes={changes} takeBack={takeBack} />
        <p className={styles.quiet}>{t("roles.applies", { count: users })}</p>
        <div role="status">
          {check.isPending && <p className={styles.quiet}>{t("roles.checking")}</p>}
          {check.data !== undefined && check.data.length > 0 && (
            <div className={styles.problems}>
              <p>{t("roles.problems")}</p>
              <ul>
                {check.data.map(({ pointer, code, message }) => (
                  <li key={`${pointer} ${code} ${message}`}>{message}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        <Textarea
          size="md"
          rows={2}
          label={t("roles.note")}
          placeholder={t("roles.note_placeholder")}
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {isStale && <p className={styles.problems} role="alert">{t("roles.stale")}</p>}
        {publish.isError && !isStale && <ErrorNotice error={publish.error} />}
        <div className={forms.actions}>
          <Button
            type="submit"
            size="md"
            loading={publish.isPending}
            disabled={changes.length === 0 || check.data === undefined || check.data.length > 0}
          >
            {t("roles.publish")}
          </Button>
          <Button variant="default" size="md" onClick={close}>
            {t("app.cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
