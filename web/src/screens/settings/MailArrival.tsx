import { useTranslation } from "react-i18next";
import { useTestMail, type MailPlan, type MailState } from "../../api/mail";
import { Button } from "../../ui/Button";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";
import { useWhen } from "./useWhen";

/** Whether mails arrive: a test, and what became of the last ones. */
export function MailArrival({ plan }: { plan: MailPlan }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const test = useTestMail();
  const send = () =>
    test.mutate(undefined, {
      onSuccess: () => toast({ text: t("mail.test_asked", { address: plan.address ?? "" }) }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Setting title={t("mail.arrival")} help={t("mail.arrival_help")}>
      {plan.mails.length > 0 && (
        <ul className={styles.list} aria-live="polite">
          {plan.mails.map((mail) => (
            <MailRow key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
      <div>
        <Button variant="default" size="md" onClick={send} loading={test.isPending}>
          {t("mail.test")}
        </Button>
      </div>
    </Setting>
  );
}

function MailRow({ mail }: { mail: MailState }) {
  const { t } = useTranslation();
  const when = useWhen();
  const at = mail.sent_at ?? mail.tried_at ?? mail.made_at;
  const facts = [
    t(`mail.state_${mail.state}` as const, { when: when(at) }),
    ...(mail.state === "waiting" && mail.attempts > 0 && mail.next_at !== null ? [t("mail.again", { when: when(mail.next_at) })] : []),
    ...(mail.said === null ? [] : [mail.said]),
  ];
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <p className={styles.name}>{t(`mail.kind_${mail.kind}` as const)}</p>
        <p className={styles.facts}>{facts.join(" · ")}</p>
      </div>
    </li>
  );
}
