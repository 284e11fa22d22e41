import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/dashboard";
import { useTouch } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { addDays, formatDay, relativeDay, today } from "../../lib/dates";
import { CardAction, CardActionLink, CardActions } from "../../ui/CardActions";
import { lazyForm } from "../../ui/lazyPart";
import { DueFact } from "../../ui/DueFact";
import { Fact, useErrorText } from "../../ui/parts";
import { PersonCard, useHonorific } from "../../ui/PersonCard";
import { useToast } from "../../ui/Toasts";
import styles from "./HcpCard.module.css";

const PlanDialog = lazyForm(() => import("../../ui/PlanDialog").then((module) => module.PlanDialog));

/** A doctor with the reason for standing in this list, and what one tap does: record, plan, later. */
export function HcpCard({ hcp, widget: { was, reasons } }: { hcp: AnyRecord; widget: Widget }) {
  return (
    <PersonCard hcp={hcp} action={<Actions hcp={hcp} />}>
      {hcp["next_action"] ? <p className={styles.next}>{String(hcp["next_action"])}</p> : null}
      {reasons !== undefined && <Reasons field={reasons} reasons={hcp[reasons]} />}
      <p className={styles.facts}>
        <Change hcp={hcp} was={was} />
        {hcp["next_action_due"] ? <DueFact due={String(hcp["next_action_due"])} /> : null}
        <LastVisit at={hcp["last_visit_at"] as string | null | undefined} />
      </p>
    </PersonCard>
  );
}

/** Why somebody stands in the list: the facts that a warning rests on, say, in the order of the rule. */
function Reasons({ field, reasons }: { field: string; reasons: unknown }) {
  const model = useModel();
  if (!Array.isArray(reasons) || reasons.length === 0) return null;
  return <p className={styles.facts}>{reasons.map((code) => model.choiceLabel("hcp", field, String(code))).join(" · ")}</p>;
}

/** From what to what and since when, where the list is about a change; and with whom they are now. */
function Change({ hcp, was }: { hcp: AnyRecord; was: Widget["was"] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const before = was && hcp[was.field];
  const now = was && hcp[was.of];
  const at = was?.at && hcp[was.at];
  const owner = expanded(hcp, "owner")?.title;
  const word = (code: unknown): string => model.choiceLabel("hcp", was?.of ?? "", String(code));
  return (
    <>
      {typeof before === "string" && (
        <Fact icon="thermometer">
          {before === now
            ? `${word(before)} · ${t("hcp.same")}`
            : t("hcp.from_to", { from: word(before), to: word(now) })}
        </Fact>
      )}
      {typeof at === "string" && <Fact icon="clock">{relativeDay(at, i18n.language, me.zone)}</Fact>}
      {owner && <Fact icon="person">{t("team.now_with", { name: owner })}</Fact>}
    </>
  );
}

function LastVisit({ at }: { at: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (at === undefined) return null;
  const text = at === null ? t("today.no_visit") : t("today.last_visit", { when: relativeDay(at, i18n.language, me.zone) });
  return <Fact>{text}</Fact>;
}

function Actions({ hcp }: { hcp: AnyRecord }) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  const model = useModel();
  const [isPlanning, setPlanning] = useState(false);
  const later = useLater(hcp);
  const name = honorific(hcp);
  if (!model.may("visit", "create") && !model.may("hcp", "update")) return null;
  return (
    <CardActions>
      {model.may("visit", "create") && (
        <CardActionLink
          to="/hcp/$id/visit/new"
          params={{ id: hcp.id }}
          icon="pen"
          label={t("today.record_short")}
          about={name}
          primary
        />
      )}
      <CardAction icon="plan" label={t("today.plan")} about={name} onClick={() => setPlanning(true)} />
      {typeof hcp["next_action_due"] === "string" && model.may("hcp", "update") && (
        <CardAction icon="later" label={t("today.later")} about={name} onClick={later} />
      )}
      {isPlanning && (
        <Suspense>
          <PlanDialog hcp={hcp} close={() => setPlanning(false)} />
        </Suspense>
      )}
    </CardActions>
  );
}

const laterDays = 7;

/** Not this week: the next action moves on by a week, until the toast takes that back. */
function useLater(hcp: AnyRecord) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const due = hcp["next_action_due"];
  const put = (day: unknown, onSuccess: () => void) =>
    touch.mutate(
      { object: "hcp", id: hcp.id, hcp: hcp.id, change: { next_action_due: day } },
      { onSuccess, onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  return () => {
    const day = addDays(today(me.zone), laterDays);
    const when = formatDay(day, i18n.language, me.zone);
    put(day, () => toast({ text: t("today.moved_to", { when }), undo: () => put(due, () => {}) }));
  };
}
