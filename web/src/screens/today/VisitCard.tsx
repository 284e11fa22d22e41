import { useTranslation } from "react-i18next";
import { useTouch } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { dayOf, daysSince, formatDay, formatTime, today } from "../../lib/dates";
import { CardAction, CardActionLink, CardActions } from "../../ui/CardActions";
import { Fact, useErrorText } from "../../ui/parts";
import { PersonCard, useHonorific } from "../../ui/PersonCard";
import { useToast } from "../../ui/Toasts";

/** A planned visit, or a note that waits to be completed: one tap records it. */
export function VisitCard({ visit }: { visit: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const honorific = useHonorific();
  const hcp = expanded(visit, "hcp");
  const cancel = useCancel(visit, hcp?.id ?? null);
  if (hcp === null) return null;
  const name = honorific(hcp);
  const place = expanded(visit, "hco")?.title;
  const actions = model.may("visit", "create") && (
    <CardActions>
      <CardActionLink
        to="/hcp/$id/visit/new"
        params={{ id: hcp.id }}
        search={{ visit: visit.id }}
        icon="pen"
        label={t(visit["state"] === "draft" ? "today.complete" : "today.record_short")}
        about={name}
        primary
      />
      {visit["state"] === "planned" && <CardAction icon="close" label={t("today.cancel_visit")} about={name} onClick={cancel} />}
    </CardActions>
  );
  return (
    <PersonCard hcp={hcp} action={actions}>
      {place !== undefined && (
        <p>
          <Fact icon="building">{place}</Fact>
        </p>
      )}
      <When visit={visit} />
      {typeof visit["quick_note"] === "string" && <p>{visit["quick_note"]}</p>}
    </PersonCard>
  );
}

function When({ visit }: { visit: AnyRecord }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const at = visit["planned_at"] ?? visit["held_at"];
  const channel = model.choiceLabel("visit", "channel", String(visit["channel"]));
  const state = model.choiceLabel("visit", "state", String(visit["state"]));
  if (typeof at !== "string") return <Fact icon="clock">{`${channel} · ${state}`}</Fact>;
  const isPast = (daysSince(at, me.zone) ?? 0) > 0;
  const isToday = dayOf(at, me.zone) === today(me.zone);
  const when = `${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`;
  return (
    <p>
      <Fact icon="clock" {...(isPast ? { tone: "late" as const } : isToday ? { tone: "soon" as const } : {})}>
        {`${when} · ${channel} · ${state}`}
      </Fact>
    </p>
  );
}

function useCancel(visit: AnyRecord, hcp: string | null) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const put = (state: string, onSuccess: () => void) =>
    touch.mutate({ object: "visit", id: visit.id, hcp, change: { state } }, { onSuccess, onError });
  return () => put("cancelled", () => toast({ text: t("today.visit_cancelled"), undo: () => put("planned", () => {}) }));
}
