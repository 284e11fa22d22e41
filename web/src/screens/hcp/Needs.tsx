import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { is, shortListQuery, useTouch } from "../../api/day";
import { useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { CardAction, CardActions } from "../../ui/CardActions";
import { Section, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Needs.module.css";

interface NeedsProps {
  hcp: string;
  /** Only what waits for somebody's word. */
  onlySuggested?: boolean;
}

/** What seems to weigh on a doctor, with the words that it rests on: a person says whether it is so. */
export function Needs({ hcp, onlySuggested = false }: NeedsProps) {
  const { t } = useTranslation();
  const model = useModel();
  const states = onlySuggested ? ["suggested"] : ["suggested", "accepted"];
  const needs = useQuery({
    ...shortListQuery("need", { filter: { and: [is("hcp", hcp), { in: [{ var: "state" }, states] }] }, limit: 20 }),
    enabled: model.may("need", "read"),
  });
  const items = needs.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={model.fieldLabel("hcp", "needs")} icon="info" count={items.length} hint={t("hcp.need_hint")}>
      <ul className={styles.list}>
        {items.map((need) => (
          <Need key={need.id} need={need} hcp={hcp} />
        ))}
      </ul>
    </Section>
  );
}

function Need({ need, hcp }: { need: AnyRecord; hcp: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const code = String(need["kind"]);
  const label = model.choiceLabel("need", "kind", code);
  const advice = model.choiceHelp("need", "kind", code);
  const isSuggested = need["state"] === "suggested";
  const visits = Number(need["source_count"] ?? 0);
  const put = (state: string, onSuccess?: () => void) =>
    touch.mutate(
      { object: "need", id: need.id, hcp, change: { state } },
      { ...(onSuccess ? { onSuccess } : {}), onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  const decide = (state: string) =>
    put(state, () => toast({ text: t(state === "accepted" ? "hcp.need_accepted" : "hcp.need_rejected"), undo: () => put(String(need["state"])) }));
  return (
    <li className={styles.need} data-suggested={isSuggested || undefined} data-id={need.id}>
      <p className={styles.kind}>
        <b>{label}</b>
        <span>{model.choiceLabel("need", "state", String(need["state"]))}</span>
      </p>
      {typeof need["sentence"] === "string" && (
        <blockquote className={styles.sentence}>
          {need["sentence"]}
          {typeof need["visit"] === "string" && (
            <>
              {" "}
              <Link to="/visit/$id" params={{ id: need["visit"] }}>
                {t("hcp.need_sources", { count: visits })}
              </Link>
            </>
          )}
        </blockquote>
      )}
      {advice && <p className={styles.help}>{advice}</p>}
      {model.may("need", "update") && (
        <CardActions>
          {isSuggested && <CardAction icon="check" label={t("hcp.need_accept")} about={label} onClick={() => decide("accepted")} />}
          <CardAction icon="close" label={t("hcp.need_reject")} about={label} onClick={() => decide("rejected")} />
        </CardActions>
      )}
    </li>
  );
}
