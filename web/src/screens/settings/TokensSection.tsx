import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tokensQuery, useRevokeToken, type Token } from "../../api/me";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/icons";
import { CardSkeletons, EmptyState, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { NewTokenDialog } from "./NewTokenDialog";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";
import { useWhen } from "./useWhen";

/** Programs that act with the person's rights. */
export function TokensSection() {
  const { t } = useTranslation();
  const tokens = useQuery(tokensQuery);
  const [isOpen, open] = useState(false);
  const items = tokens.data ?? [];
  return (
    <Setting title={t("settings.tokens")} help={t("settings.tokens_help")}>
      {tokens.isPending && <CardSkeletons count={2} height={64} />}
      {tokens.isError && <ErrorNotice error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isSuccess && items.length === 0 && (
        <EmptyState icon="lock" title={t("settings.tokens_none")}>
          {t("settings.tokens_none_help")}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <div>
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => open(true)}>
          {t("settings.token_new")}
        </Button>
      </div>
      {isOpen && <NewTokenDialog close={() => open(false)} />}
    </Setting>
  );
}

function TokenRow({ token }: { token: Token }) {
  const { t } = useTranslation();
  const when = useWhen();
  const [isAsking, ask] = useState(false);
  const facts = [
    t("settings.created", { when: when(token.created_at) }),
    token.last_used_at === null ? t("settings.never_used") : t("settings.used", { when: when(token.last_used_at) }),
    token.expires_at === null ? t("settings.never") : t(isPast(token.expires_at) ? "settings.expired" : "settings.expires", { when: when(token.expires_at) }),
  ];
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <p className={styles.name}>{token.name}</p>
        <p className={styles.facts}>{facts.join(" · ")}</p>
      </div>
      <Button variant="default" size="md" onClick={() => ask(true)} aria-label={t("settings.revoke_of", { name: token.name })}>
        {t("settings.revoke")}
      </Button>
      {isAsking && <RevokeDialog token={token} close={() => ask(false)} />}
    </li>
  );
}

const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now();

function RevokeDialog({ token, close }: { token: Token; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const revoke = useRevokeToken();
  const confirm = () =>
    revoke.mutate(token.id, {
      onSuccess: () => {
        close();
        toast({ text: t("settings.revoked") });
      },
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <ConfirmDialog
      title={t("settings.revoke_title", { name: token.name })}
      confirm={t("settings.revoke")}
      onConfirm={confirm}
      close={close}
      pending={revoke.isPending}
      danger
    >
      <p>{t("settings.revoke_help")}</p>
    </ConfirmDialog>
  );
}
