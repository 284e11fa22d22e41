import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUnsubscribe, type MailPlan, type MailSubscription } from "../../api/mail";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { EmptyState, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";
import { SubscriptionDialog, type Wish } from "./SubscriptionDialog";
import { useHours } from "./hours";
import { useWhen } from "./useWhen";

const route = getRouteApi("/app/settings/mail");

/** Dashboards that come by mail once a week. */
export function WeeklyFigures({ plan }: { plan: MailPlan }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { subscribe, ...narrowed } = route.useSearch();
  const [asked, ask] = useState<Wish | null>(null);
  const given = Object.fromEntries(Object.entries(narrowed).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const wish = asked ?? (subscribe === undefined ? null : { dashboard: subscribe, parameters: given });
  const close = () => {
    ask(null);
    if (subscribe !== undefined) void navigate({ to: "/settings/mail", search: {}, replace: true });
  };
  return (
    <Setting title={t("mail.figures")} help={t("mail.figures_help", { address: plan.address ?? "" })}>
      {plan.subscriptions.length === 0 ? (
        <EmptyState icon="team" title={t("mail.figures_none")}>
          {t("mail.figures_none_help")}
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {plan.subscriptions.map((one) => (
            <SubscriptionRow key={one.id} subscription={one} change={() => ask({ dashboard: one.dashboard, parameters: one.parameters, present: one })} />
          ))}
        </ul>
      )}
      <div>
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => ask({ parameters: {} })}>
          {t("mail.subscribe")}
        </Button>
      </div>
      {wish && <SubscriptionDialog wish={wish} close={close} />}
    </Setting>
  );
}

function SubscriptionRow({ subscription, change }: { subscription: MailSubscription; change: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const when = useWhen();
  const { weekday, hour } = useHours();
  const end = useUnsubscribe();
  const { label, id } = subscription;
  const facts = [
    t("mail.weekly", { weekday: weekday(subscription.weekday), hour: hour(subscription.hour) }),
    ...(Object.keys(subscription.parameters).length > 0 ? [t("mail.narrowed")] : []),
    t("mail.next", { when: when(subscription.next_at) }),
    ...(subscription.last_sent_at === null ? [] : [t("mail.last_sent", { when: when(subscription.last_sent_at) })]),
  ];
  const unsubscribe = () =>
    end.mutate(id, {
      onSuccess: () => toast({ text: t("mail.ended", { label }) }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <p className={styles.name}>{label}</p>
        <p className={styles.facts}>{facts.join(" · ")}</p>
      </div>
      <div className={styles.ways}>
        <Button variant="default" size="md" onClick={change} aria-label={t("mail.change_of", { label })}>
          {t("mail.change")}
        </Button>
        <Button variant="default" size="md" onClick={unsubscribe} loading={end.isPending} aria-label={t("mail.end_of", { label })}>
          {t("mail.end")}
        </Button>
      </div>
    </li>
  );
}
