import { Alert, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { dashboardsQuery } from "../../api/day";
import { useMoveSubscription, useSubscribe, type MailSubscription } from "../../api/mail";
import { narrowedDashboardQuery } from "../../api/queries";
import { Dialog } from "../../ui/Dialog";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { hours, useHours, weekdays } from "./hours";
import styles from "./Settings.module.css";

/** What is to be mailed: a dashboard that is to be chosen yet, one that is given, or a subscription that is there. */
export interface Wish {
  dashboard?: string;
  parameters: Record<string, string>;
  present?: MailSubscription;
}

const monday = 1;
const morning = 8;

/** Asks which dashboard is to come, and when. */
export function SubscriptionDialog({ wish, close }: { wish: Wish; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const words = useHours();
  const offered = useQuery(dashboardsQuery).data ?? [];
  const subscribe = useSubscribe();
  const move = useMoveSubscription();
  const [name, setName] = useState(wish.dashboard ?? "");
  const [weekday, setWeekday] = useState(wish.present?.weekday ?? monday);
  const [hour, setHour] = useState(wish.present?.hour ?? morning);
  const dashboard = name === "" ? (offered[0]?.name ?? "") : name;
  const { error, isPending } = wish.present ? move : subscribe;
  const done = {
    onSuccess: () => {
      close();
      toast({ text: t("mail.saved", { weekday: words.weekday(weekday), hour: words.hour(hour) }) });
    },
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish.present) move.mutate({ id: wish.present.id, weekday, hour }, done);
    else subscribe.mutate({ dashboard, parameters: wish.parameters, weekday, hour }, done);
  };
  return (
    <Dialog title={wish.present?.label ?? t("mail.subscribe")} close={close}>
      <form className={forms.form} onSubmit={submit} noValidate>
        {error && <Alert role="alert">{textOf(error)}</Alert>}
        {wish.present === undefined && (
          <NativeSelect
            size="md"
            label={t("mail.dashboard")}
            value={dashboard}
            disabled={wish.dashboard !== undefined}
            onChange={(event) => setName(event.currentTarget.value)}
            data={offered.map((one) => ({ value: one.name, label: one.label }))}
          />
        )}
        <Narrowing dashboard={dashboard} parameters={wish.parameters} />
        <NativeSelect
          size="md"
          label={t("mail.weekday")}
          value={String(weekday)}
          onChange={(event) => setWeekday(Number(event.currentTarget.value))}
          data={weekdays.map((day) => ({ value: String(day), label: words.weekday(day) }))}
        />
        <NativeSelect
          size="md"
          label={t("mail.hour")}
          description={t("mail.hour_help")}
          value={String(hour)}
          onChange={(event) => setHour(Number(event.currentTarget.value))}
          data={hours.map((one) => ({ value: String(one), label: words.hour(one) }))}
        />
        <FormActions busy={isPending} disabled={dashboard === ""} cancel={close} submit={wish.present ? undefined : t("mail.subscribe")} />
      </form>
    </Dialog>
  );
}

/** By what it is narrowed, in words; nothing where it shows everything. */
function Narrowing({ dashboard, parameters }: { dashboard: string; parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const isNarrowed = Object.keys(parameters).length > 0;
  const shown = useQuery({ ...narrowedDashboardQuery(dashboard, parameters), enabled: isNarrowed && dashboard !== "" });
  if (!isNarrowed) return <p className={styles.help}>{t("mail.from_team")}</p>;
  const words = (shown.data?.parameters ?? []).flatMap(({ name, label, title, choices, value }) => {
    if (parameters[name] === undefined) return [];
    return [`${label}: ${title ?? choices?.find(({ code }) => code === value)?.label ?? value ?? ""}`];
  });
  return <p className={styles.help}>{words.join(" · ")}</p>;
}
