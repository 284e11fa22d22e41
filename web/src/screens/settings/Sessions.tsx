import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionsQuery, useEndOtherSessions, useEndSession, type Session } from "../../api/me";
import { Button } from "../../ui/Button";
import { Badge } from "../../ui/marks";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { deviceOf } from "./devices";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";
import { useWhen } from "./useWhen";

/** Where the person is signed in: this device first. */
export function Sessions() {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const sessions = useQuery(sessionsQuery);
  const endOthers = useEndOtherSessions();
  const items = (sessions.data ?? []).toSorted((a, b) => Number(b.present) - Number(a.present));
  const end = () =>
    endOthers.mutate(undefined, {
      onSuccess: () => toast({ text: t("settings.ended_others") }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Setting title={t("settings.sessions")} help={t("settings.sessions_help")}>
      {sessions.isPending && <CardSkeletons count={2} height={64} />}
      {sessions.isError && <ErrorNotice error={sessions.error} retry={() => void sessions.refetch()} />}
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      {items.length > 1 && (
        <div>
          <Button variant="default" size="md" onClick={end} loading={endOthers.isPending}>
            {t("settings.end_others")}
          </Button>
        </div>
      )}
    </Setting>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation();
  const when = useWhen();
  const toast = useToast();
  const textOf = useErrorText();
  const endSession = useEndSession();
  const device = deviceOf(session.user_agent);
  const name = device === null ? t("settings.device_unknown") : t("settings.device_on", { ...device });
  const facts = [
    t("settings.seen", { when: when(session.last_seen_at) }),
    t("settings.since", { when: when(session.created_at) }),
    session.address,
  ];
  const end = () =>
    endSession.mutate(session.id, {
      onSuccess: () => toast({ text: t("settings.ended") }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <p className={styles.name}>
          {name}
          {session.present && <Badge tone="good">{t("settings.this_one")}</Badge>}
        </p>
        <p className={styles.facts}>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {!session.present && (
        <Button variant="default" size="md" onClick={end} loading={endSession.isPending} aria-label={t("settings.end_of", { device: name })}>
          {t("settings.end")}
        </Button>
      )}
    </li>
  );
}
