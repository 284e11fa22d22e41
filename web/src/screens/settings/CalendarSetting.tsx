import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { calendarQuery, useMakeCalendar, useRevokeCalendar } from "../../api/mail";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Dialog } from "../../ui/Dialog";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { Setting } from "./Setting";
import { SecretDialog } from "./SecretDialog";
import styles from "./Settings.module.css";
import { useWhen } from "./useWhen";

/** One's visits, promises and tasks in any calendar program, by an address that only its owner knows. */
export function CalendarSetting() {
  const { t } = useTranslation();
  const when = useWhen();
  const feed = useQuery(calendarQuery);
  const [open, setOpen] = useState<"make" | "revoke" | null>(null);
  const close = () => setOpen(null);
  const facts = feed.data?.present && [
    t(feed.data.brief ? "mail.calendar_brief" : "mail.calendar_full"),
    t("settings.created", { when: when(feed.data.made_at ?? "") }),
    feed.data.used_at ? t("settings.used", { when: when(feed.data.used_at) }) : t("settings.never_used"),
  ];
  return (
    <Setting title={t("mail.calendar")} help={t("mail.calendar_help")}>
      {feed.isPending && <CardSkeletons count={1} height={64} />}
      {feed.isError && <ErrorNotice error={feed.error} retry={() => void feed.refetch()} />}
      {facts && (
        <ul className={styles.list}>
          <li className={styles.row}>
            <div className={styles.about}>
              <p className={styles.name}>{t("mail.calendar_address")}</p>
              <p className={styles.facts}>{facts.join(" · ")}</p>
            </div>
            <Button variant="default" size="md" onClick={() => setOpen("revoke")}>
              {t("settings.revoke")}
            </Button>
          </li>
        </ul>
      )}
      {feed.data && (
        <div>
          <Button variant={feed.data.present ? "default" : "filled"} size="md" onClick={() => setOpen("make")}>
            {t(feed.data.present ? "mail.calendar_again" : "mail.calendar_make")}
          </Button>
        </div>
      )}
      {open === "make" && <MakeDialog replaces={feed.data?.present ?? false} close={close} />}
      {open === "revoke" && <RevokeDialog close={close} />}
    </Setting>
  );
}

/** The form of the address by which phones and computers open their own calendar program. */
const subscription = (address: string): string => address.replace(/^https?:/, "webcal:");

function MakeDialog({ replaces, close }: { replaces: boolean; close: () => void }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const make = useMakeCalendar();
  const [brief, setBrief] = useState(false);
  if (make.data !== undefined) {
    return (
      <SecretDialog title={t("mail.calendar_address")} words={t("mail.calendar_once")} secret={make.data} close={close}>
        <Button variant="default" size="md" onClick={() => location.assign(subscription(make.data))}>
          {t("mail.calendar_open")}
        </Button>
      </SecretDialog>
    );
  }
  return (
    <Dialog title={t("mail.calendar_make")} close={close}>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(brief);
        }}
      >
        {make.error && <Alert role="alert">{textOf(make.error)}</Alert>}
        {replaces && <p>{t("mail.calendar_replaces")}</p>}
        <fieldset className={styles.options}>
          <legend>{t("mail.calendar_what")}</legend>
          {([false, true] as const).map((one) => (
            <label key={String(one)} className={styles.option}>
              <input type="radio" name="brief" checked={brief === one} onChange={() => setBrief(one)} />
              <span>
                <span className={styles.name}>{t(one ? "mail.calendar_brief" : "mail.calendar_full")}</span>
                <span className={styles.facts}>{t(one ? "mail.calendar_brief_help" : "mail.calendar_full_help")}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <FormActions busy={make.isPending} cancel={close} submit={t("mail.calendar_make")} />
      </form>
    </Dialog>
  );
}

function RevokeDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const revoke = useRevokeCalendar();
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        close();
        toast({ text: t("mail.calendar_revoked") });
      },
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <ConfirmDialog title={t("mail.calendar_revoke")} confirm={t("settings.revoke")} onConfirm={confirm} close={close} pending={revoke.isPending} danger>
      <p>{t("mail.calendar_revoke_help")}</p>
    </ConfirmDialog>
  );
}
