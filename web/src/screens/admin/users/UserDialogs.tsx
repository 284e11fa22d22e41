import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { countQuery } from "../../../api/records";
import type { AnyRecord } from "../../../api/shapes";
import { useActivity, useHandOutPassword, useSignOutEverywhere } from "../../../api/users";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { CopyButton } from "../../../ui/CopyButton";
import { Dialog } from "../../../ui/Dialog";
import forms from "../../../ui/forms.module.css";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import { temporaryPassword } from "./password";
import styles from "./Users.module.css";
import { Button } from "../../../ui/Button";

interface UserDialogProps {
  user: AnyRecord;
  close: () => void;
}

/** A password to hand out: shown once, changed by its bearer at the next sign-in. */
export function PasswordDialog({ user, close }: UserDialogProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const [password] = useState(temporaryPassword);
  const give = useHandOutPassword(user.id);
  if (!give.isSuccess) {
    return (
      <ConfirmDialog
        title={t("users.password_title", { name: user.title })}
        confirm={t("users.password_make")}
        onConfirm={() => give.mutate(password)}
        close={close}
        pending={give.isPending}
      >
        {give.isError && <Alert role="alert">{textOf(give.error)}</Alert>}
        <p>{t("users.password_help")}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={t("users.password_title", { name: user.title })} close={close}>
      <HandedOut login={String(user["login"] ?? "")} password={password} close={close} />
    </Dialog>
  );
}

/** What the administrator tells the person; nobody can see it again. */
export function HandedOut({ login, password, close }: { login: string; password: string; close: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div className={forms.form}>
      <p role="status">{t("users.password_done")}</p>
      <dl className={styles.handed}>
        <div>
          <dt>{model.fieldLabel("user", "login")}</dt>
          <dd>{login}</dd>
        </div>
        <div>
          <dt>{t("users.password_word")}</dt>
          <dd data-password>{password}</dd>
        </div>
      </dl>
      <div className={forms.actions}>
        <CopyButton text={password} label={t("users.password_copy")} />
        <Button size="md" onClick={close}>
          {t("users.password_told")}
        </Button>
      </div>
    </div>
  );
}

export function SignOutDialog({ user, close }: UserDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const signOut = useSignOutEverywhere(user.id);
  const go = () =>
    signOut.mutate(undefined, {
      onSuccess: () => {
        toast({ text: t("users.sign_out_done", { name: user.title }) });
        close();
      },
    });
  return (
    <ConfirmDialog
      title={t("users.sign_out_title", { name: user.title })}
      confirm={t("users.sign_out")}
      onConfirm={go}
      close={close}
      pending={signOut.isPending}
    >
      {signOut.isError && <Alert role="alert">{textOf(signOut.error)}</Alert>}
      <p>{t("users.sign_out_help")}</p>
    </ConfirmDialog>
  );
}

/** Says beforehand what stays behind: the doctors and the open tasks of the person. */
export function DisableDialog({ user, close }: UserDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const activity = useActivity(user.id);
  const doctors = useQuery(countQuery("hcp", { filter: { "==": [{ var: "owner" }, user.id] } }));
  const tasks = useQuery(
    countQuery("task", { filter: { and: [{ "==": [{ var: "owner" }, user.id] }, { "==": [{ var: "state" }, "open"] }] } }),
  );
  const go = () =>
    activity.mutate(false, {
      onSuccess: () => {
        toast({ text: t("users.disable_done", { name: user.title }), undo: () => activity.mutate(true) });
        close();
      },
    });
  return (
    <ConfirmDialog
      title={t("users.disable_title", { name: user.title })}
      confirm={t("users.disable")}
      danger
      onConfirm={go}
      close={close}
      pending={activity.isPending}
    >
      {activity.isError && <Alert role="alert">{textOf(activity.error)}</Alert>}
      <p>{t("users.disable_help")}</p>
      <ul className={styles.left}>
        {doctors.isSuccess && <li>{t("users.left_doctors", { count: doctors.data })}</li>}
        {tasks.isSuccess && <li>{t("users.left_tasks", { count: tasks.data })}</li>}
      </ul>
    </ConfirmDialog>
  );
}

export function AllowDialog({ user, close }: UserDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const activity = useActivity(user.id);
  const go = () =>
    activity.mutate(true, {
      onSuccess: () => {
        toast({ text: t("users.allow_done", { name: user.title }), undo: () => activity.mutate(false) });
        close();
      },
    });
  return (
    <ConfirmDialog
      title={t("users.allow_title", { name: user.title })}
      confirm={t("users.allow")}
      onConfirm={go}
      close={close}
      pending={activity.isPending}
    >
      {activity.isError && <Alert role="alert">{textOf(activity.error)}</Alert>}
      <p>{t("users.allow_help")}</p>
    </ConfirmDialog>
  );
}
