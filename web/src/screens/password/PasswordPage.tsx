import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { saveLanguage, signOut } from "../../api/changes";
import { meQuery, useMe } from "../../api/queries";
import { currentLanguage } from "../../i18n";
import { inside } from "../../lib/addresses";
import { Button } from "../../ui/Button";
import { Inputs } from "../../ui/Inputs";
import { LanguageSwitch } from "../../ui/LanguageSwitch";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "../sign_in/SignIn.module.css";
import { PasswordForm } from "./PasswordForm";

const route = getRouteApi("/password");

/** The first thing a person does whose password came from somebody else: nothing else is open before. */
export function PasswordPage() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { to } = route.useSearch();
  const goOn = async () => {
    // The language of this screen becomes the person's own. That it could not be kept is no reason to stop here.
    if (currentLanguage() !== me.lang) {
      await saveLanguage(currentLanguage()).catch(() => {});
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
    }
    toast({ text: t("password.saved") });
    router.history.push(inside(to));
  };
  return (
    <Inputs>
      <main className={styles.page}>
        <div className={styles.panel}>
          <header className={styles.head}>
            <img src="/ondo.svg" alt="" width={52} height={52} />
            <p className={styles.brand}>{t("app.name")}</p>
            <p className={styles.welcome}>{me.name}</p>
          </header>
          <section className={styles.form}>
            <h1 className={styles.title}>{t("password.choose")}</h1>
            <p className={styles.why}>{t("password.choose_why")}</p>
            <PasswordForm onSaved={() => void goOn()} />
          </section>
          <LanguageSwitch label={t("sign_in.language")} onChosen={() => {}} />
          <Leave />
        </div>
      </main>
    </Inputs>
  );
}

function Leave() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const textOf = useErrorText();
  const leave = useMutation({
    mutationFn: async () => {
      await signOut(client);
      await router.navigate({ to: "/sign-in" });
    },
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
  });
  return (
    <Button variant="subtle" size="md" onClick={() => leave.mutate()} loading={leave.isPending}>
      {t("me.sign_out")}
    </Button>
  );
}
