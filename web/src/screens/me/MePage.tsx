import { Button, SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { saveLanguage, signOut, signOutEverywhere } from "../../api/changes";
import { useMe } from "../../api/queries";
import { useLeave } from "../../app/useLeave";
import type { Language } from "../../i18n";
import { LanguageSwitch } from "../../ui/LanguageSwitch";
import { useToast } from "../../ui/Toasts";
import { Icon, type IconName } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { PasswordForm } from "../password/PasswordForm";
import styles from "./MePage.module.css";

/** What concerns the person: language, colours, sign-out. */
export function MePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t("me.title")}</h1>
        <p>{me.name}</p>
      </header>
      <Setting label={t("me.language")}>
        <PersonLanguage />
      </Setting>
      <Setting label={t("me.colours")}>
        <Colours />
      </Setting>
      <Setting label={t("me.zone")}>
        <p>{me.zone}</p>
      </Setting>
      <Setting label={t("sign_in.password")}>
        <OwnPassword />
      </Setting>
      <SignOut />
    </div>
  );
}

/** Folded until it is wanted: most people come here for something else. */
function OwnPassword() {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div>
        <Button variant="default" size="md" onClick={() => setOpen(true)}>
          {t("me.change_password")}
        </Button>
      </div>
    );
  }
  const saved = () => {
    setOpen(false);
    toast({ text: t("password.saved") });
  };
  return <PasswordForm onSaved={saved} onCancel={() => setOpen(false)} />;
}

function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={styles.setting}>
      <h2>{label}</h2>
      {children}
    </section>
  );
}

function PersonLanguage() {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (language: Language) => saveLanguage(language),
    onSuccess: () => toast({ text: t("me.language_saved") }),
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["me"] }),
  });
  return <LanguageSwitch label={t("me.language")} onChosen={(language) => save.mutate(language)} />;
}

function Colours() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      withItemsBorders={false}
      size="md"
      aria-label={t("me.colours")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={[
        { value: "auto", label: t("me.colours_auto") },
        { value: "light", label: t("me.colours_light") },
        { value: "dark", label: t("me.colours_dark") },
      ]}
    />
  );
}

function SignOut() {
  const { t } = useTranslation();
  return (
    <Setting label={t("me.sign_out")}>
      <div className={styles.ways}>
        <Leave act={signOut} text={t("me.sign_out")} icon="out" />
        <Leave act={signOutEverywhere} text={t("me.sign_out_everywhere")} />
      </div>
      <p className={styles.hint}>{t("me.sign_out_everywhere_help")}</p>
    </Setting>
  );
}

interface LeaveProps {
  act: (client: QueryClient) => Promise<void>;
  text: string;
  icon?: IconName;
}

function Leave({ act, text, icon }: LeaveProps) {
  const { leave, pending } = useLeave(act);
  return (
    <Button variant="default" size="md" leftSection={icon && <Icon name={icon} />} onClick={leave} loading={pending}>
      {text}
    </Button>
  );
}
