import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { endMails } from "../../api/mail";
import { Button, ButtonLink } from "../../ui/Button";
import { ErrorNotice } from "../../ui/parts";
import styles from "../sign_in/SignIn.module.css";

const route = getRouteApi("/unsubscribe/$token");

/** Asks once more, for programs that look at links in mails open this page too; then such mails end. */
export function Unsubscribe() {
  const { t } = useTranslation();
  const { token } = route.useParams();
  const end = useMutation({ mutationFn: () => endMails(token) });
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <h1 className={styles.brand}>{t(end.isSuccess ? "mail.unsubscribed" : "mail.unsubscribe")}</h1>
        <p role={end.isSuccess ? "status" : undefined}>{t(end.isSuccess ? "mail.unsubscribed_help" : "mail.unsubscribe_help")}</p>
        {end.isError && <ErrorNotice error={end.error} />}
        {end.isSuccess ? (
          <ButtonLink to="/settings/mail" variant="default" size="md" fullWidth>
            {t("mail.unsubscribed_settings")}
          </ButtonLink>
        ) : (
          <Button size="md" fullWidth onClick={() => end.mutate()} loading={end.isPending}>
            {t("mail.unsubscribe_do")}
          </Button>
        )}
      </div>
    </main>
  );
}
