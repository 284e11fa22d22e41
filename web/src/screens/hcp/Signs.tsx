import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useClearSign } from "../../api/changes";
import { signsQuery, useMe, useModel } from "../../api/queries";
import { expanded, type Sign } from "../../api/shapes";
import { relativeDay } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Cards, CardSkeletons, EmptyState, Section, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Signs.module.css";

/** Open signs of change. Only a person clears one, and can take that back. */
export function Signs({ hcp }: { hcp: string }) {
  const { t } = useTranslation();
  const signs = useQuery(signsQuery(hcp));
  const items = signs.data?.items ?? [];
  return (
    <Section title={t("hcp.signs")} icon="flag" count={items.length}>
      {signs.isPending && <CardSkeletons count={1} height={74} />}
      {signs.isSuccess && items.length === 0 && <EmptyState>{t("hcp.signs_empty")}</EmptyState>}
      {items.length > 0 && (
        <Cards label={t("hcp.signs")}>
          {items.map((sign) => (
            <SignCard key={sign.id} sign={sign} hcp={hcp} />
          ))}
        </Cards>
      )}
    </Section>
  );
}

function SignCard({ sign, hcp }: { sign: Sign; hcp: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const move = useClearSign(hcp, me.id);
  const word = model.choiceLabel("sign", "kind", sign.kind ?? "");
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const clear = () => {
    const undo = () => move.mutate({ id: sign.id, cleared: false }, { onError });
    const onSuccess = () => toast({ text: t("hcp.sign_cleared"), undo });
    move.mutate({ id: sign.id, cleared: true }, { onSuccess, onError });
  };
  const seen = {
    when: relativeDay(sign.seen_at ?? "", i18n.language, me.zone),
    name: expanded(sign, "seen_by")?.title ?? "–",
  };
  return (
    <li className={styles.sign}>
      <div className={styles.what}>
        <p className={styles.word}>{word}</p>
        {sign.seen_at && (
          <p className={styles.meta}>
            {t("hcp.sign_seen", seen)}
            {sign.visit && (
              <Link to="/visit/$id" params={{ id: sign.visit }} className={styles.visit}>
                {t("curve.open_visit")}
              </Link>
            )}
          </p>
        )}
      </div>
      <Button
        variant="default"
        size="md"
        onClick={clear}
        loading={move.isPending}
        aria-label={t("hcp.sign_clear_of", { sign: word })}
      >
        {t("hcp.sign_clear")}
      </Button>
    </li>
  );
}
