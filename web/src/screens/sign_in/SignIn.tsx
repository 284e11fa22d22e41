import { Alert, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "../../api/changes";
import { meQuery } from "../../api/queries";
import type { Language } from "../../i18n";
import { inside } from "../../lib/addresses";
import { Button } from "../../ui/Button";
import { Inputs } from "../../ui/Inputs";
import forms from "../../ui/forms.module.css";
import { LanguageSwitch } from "../../ui/LanguageSwitch";
import { useErrorText } from "../../ui/parts";
import styles from "./SignIn.module.css";

const route = getRouteApi("/sign-in");

export function SignIn() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Language | null>(null);
  return (
    <Inputs>
      <main className={styles.page}>
        <div className={styles.panel}>
          <header className={styles.head}>
            <img src="/ondo.svg" alt="" width={52} height={52} />
            <p className={styles.brand}>{t("app.name")}</p>
            <p className={styles.welcome}>{t("sign_in.welcome")}</p>
          </header>
          <SignInForm chosen={chosen} />
          <LanguageSwitch label={t("sign_in.language")} onChosen={setChosen} />
        </div>
      </main>
    </Inputs>
  );
}

/** `chosen` is the language picked on this screen: it becomes the person's own. */
function SignInForm({ chosen }: { chosen: Language | null }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const router = useRouter();
  const client = useQueryClient();
  const { to } = route.useSearch();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const enter = useMutation({
    mutationFn: () => signIn(client, { login, password, language: chosen }),
    onSuccess: async () => {
      const me = client.getQueryData(meQuery.queryKey);
      if (me?.mustChangePassword) {
        await router.navigate({ to: "/password", search: { to, lang: chosen ?? undefined } });
        return;
      }
      router.history.push(inside(to));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (login !== "" && password !== "") enter.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h1 className={styles.title}>{t("sign_in.title")}</h1>
      {enter.error && (
        <Alert color="ember" variant="light" role="alert">
          {textOf(enter.error)}
        </Alert>
      )}
      <TextInput
        size="md"
        label={t("sign_in.login")}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        error={checked && login === "" ? t("sign_in.login_required") : undefined}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      <PasswordInput
        size="md"
        classNames={{ visibilityToggle: forms.eye ?? "" }}
        label={t("sign_in.password")}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={checked && password === "" ? t("sign_in.password_required") : undefined}
        aria-invalid={checked && password === ""}
        name="password"
        autoComplete="current-password"
      />
      <Button type="submit" size="md" fullWidth loading={enter.isPending}>
        {t("sign_in.submit")}
      </Button>
    </form>
  );
}
