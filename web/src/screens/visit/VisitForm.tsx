import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { plannedVisitsQuery } from "../../api/day";
import { ApiProblem } from "../../api/problem";
import { useMe } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { dayOf, daysBetween, formatDay, formatTime, timeOf, today } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { useErrorText } from "../../ui/parts";
import { ChooseMany } from "../../ui/Tiles";
import { isUntouched, restored, whatIsMissing, type VisitDraft } from "./draft";
import { Quality } from "./Quality";
import type { DraftState } from "./useDraft";
import { useVisitCheck } from "./useVisitCheck";
import styles from "./VisitPage.module.css";
import { VisitMaterial } from "./VisitMaterial";
import { VisitModules, useVisitForm } from "./VisitModules";
import { Channel, HeldAt, type PartProps } from "./VisitParts";

interface VisitFormProps {
  hcp: Hcp;
  state: DraftState;
  /** The planned visit that the address names. */
  planned: string | undefined;
  error: unknown;
  send: (draft: VisitDraft) => void;
  /** Keeps it on the server as a draft, to be finished later. */
  putAside: (draft: VisitDraft) => void;
  isBusy: boolean;
}

export function VisitForm({ hcp, state, planned, error, send, putAside, isBusy }: VisitFormProps) {
  const { t } = useTranslation();
  const { found, isKept, change, discard } = state;
  const plan = usePlan(hcp.id, state.draft, planned);
  useServerDraft(plan.plans, state, planned);
  const draft = plan.draft;
  const [checked, setChecked] = useState(false);
  const form = useVisitForm(hcp.id);
  const missing = checked ? whatIsMissing(draft) : new Map<string, never>();
  const check = useVisitCheck(draft, hcp.id);
  const errorAt = useErrorAt(missing, error);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (whatIsMissing(draft).size === 0) send(named(draft, form.name));
  };
  const part = { draft, change, errorAt };
  return (
    <form className={styles.form} onSubmit={save} onKeyDown={saveByKey} noValidate>
      {found !== null && <Found at={found.changedAt} discard={discard} />}
      <PlanChoice plans={plan.plans} chosen={draft.planned ?? null} change={change} />
      <VisitModules {...part} modules={form.modules} hcp={hcp} lacks={check.lacks} />
      <VisitMaterial {...part} hcp={hcp.id} />
      <Channel {...part} />
      <HeldAt {...part} />
      {check.quality !== null && <Quality quality={check.quality} />}
      <Refused error={error} incomplete={missing.size > 0} />
      <div className={styles.bar}>
        <div className={styles.ends}>
          {!isUntouched(draft) && (
            <Button type="button" variant="default" size="lg" onClick={() => putAside(draft)} loading={isBusy}>
              {t("visit.later")}
            </Button>
          )}
          <Button type="submit" size="lg" fullWidth>
            {t("visit.save")}
          </Button>
        </div>
        <p className={styles.kept}>{isKept ? t("visit.draft_kept") : ""}</p>
      </div>
    </form>
  );
}

/** Ctrl or Cmd with Enter saves from anywhere in the form, also from a text of several lines. */
function saveByKey(event: KeyboardEvent<HTMLFormElement>): void {
  const isMeant = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing;
  if (isMeant) event.currentTarget.requestSubmit();
}

/** What the form requires is required by the server, which is told which form it was. */
const named = (draft: VisitDraft, form: string): VisitDraft => (form === "" ? draft : { ...draft, form });

/** A plan older than this was forgotten rather than held. */
const forgottenAfterDays = 14;

/**
 * The visits that were planned with this doctor, and the draft as it completes one of them: the one that
 * the address names, or the one planned for today or lately, until the person says otherwise.
 */
function usePlan(hcp: string, draft: VisitDraft, named: string | undefined): { plans: AnyRecord[]; draft: VisitDraft } {
  const me = useMe();
  const items = useQuery(plannedVisitsQuery(hcp)).data?.items ?? [];
  const isDue = (visit: AnyRecord): boolean => {
    const at = visit["planned_at"] ?? visit["held_at"];
    const days = typeof at === "string" ? daysBetween(dayOf(at, me.zone), today(me.zone)) : -1;
    return visit.id === named || (days >= 0 && days <= forgottenAfterDays);
  };
  const plans = items.filter(isDue);
  if (draft.planned !== undefined) return { plans, draft };
  const plan = plans.find(({ id }) => id === named) ?? plans[0];
  if (plan === undefined) return { plans, draft };
  return { plans, draft: { ...draft, planned: plan.id, ...knownFrom(plan, draft, me.zone) } };
}

/** What was put aside, on this device or another, stands in the form again: once, and never over what was begun here. */
function useServerDraft(plans: AnyRecord[], state: DraftState, named: string | undefined): void {
  const { draft, adopt } = state;
  const waiting = plans.find((plan) => plan["state"] === "draft" && (named === undefined || plan.id === named));
  const kept = waiting?.["draft"];
  useEffect(() => {
    if (waiting === undefined || draft.changedAt > 0 || typeof kept !== "object" || kept === null) return;
    adopt(restored(draft, waiting.id, kept));
    // Only the arrival of the draft is a cause.
  }, [waiting?.id]);
}

/** What the plan tells already: how, when if that is past, and what was noted on the way. */
function knownFrom(plan: AnyRecord, draft: VisitDraft, zone: string): Partial<VisitDraft> {
  const at = plan["planned_at"] ?? plan["held_at"];
  const isPast = typeof at === "string" && Date.parse(at) < Date.now();
  const { discussion, quick_note: note } = plan;
  return {
    ...(draft.changedAt === 0 && typeof plan["channel"] === "string" ? { channel: plan["channel"] } : {}),
    ...(draft.heldAt === null && isPast ? { heldAt: `${dayOf(at, zone)}T${timeOf(at, zone)}` } : {}),
    ...(draft.discussion === "" && typeof discussion === "string" ? { discussion } : {}),
    ...(draft.note === "" && typeof note === "string" ? { note } : {}),
  };
}

interface PlanChoiceProps {
  plans: AnyRecord[];
  chosen: string | null;
  change: PartProps["change"];
}

/** Whether this is the visit that was planned: then the plan is completed, and not a second one made. */
function PlanChoice({ plans, chosen, change }: PlanChoiceProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (plans.length === 0) return null;
  const label = (visit: AnyRecord): string => {
    const at = String(visit["planned_at"] ?? visit["held_at"]);
    const when = `${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`;
    return t(visit["state"] === "draft" ? "visit.completes_note" : "visit.completes_plan", { when });
  };
  return (
    <ChooseMany
      legend={t("visit.planned")}
      hiddenLegend
      values={chosen === null ? [] : [chosen]}
      onChange={(values) => change({ planned: values.find((id) => id !== chosen) ?? null })}
      options={plans.map((visit) => ({ value: visit.id, label: label(visit) }))}
    />
  );
}

function useErrorAt(missing: ReturnType<typeof whatIsMissing>, error: unknown) {
  const { t } = useTranslation();
  return (pointer: string): string | undefined => {
    const own = missing.get(pointer);
    if (own !== undefined) return t(`visit.${own}`);
    return error instanceof ApiProblem ? error.at(pointer) : undefined;
  };
}

function Found({ at, discard }: { at: number; discard: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [isShown, setShown] = useState(true);
  if (!isShown) return null;
  const instant = new Date(at).toISOString();
  const when = `${formatDay(instant, i18n.language, me.zone)} ${formatTime(instant, i18n.language, me.zone)}`;
  const throwAway = () => {
    discard();
    setShown(false);
  };
  return (
    <div className={styles.found} role="status">
      <p>{t("visit.draft_found", { when })}</p>
      <Button variant="subtle" size="md" onClick={throwAway}>
        {t("visit.draft_discard")}
      </Button>
    </div>
  );
}

/** Why the visit is not saved yet, and that nothing is lost. */
function Refused({ error, incomplete }: { error: unknown; incomplete: boolean }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (incomplete) return <Alert role="alert">{t("record.check_fields")}</Alert>;
  if (error === null) return null;
  if (!(error instanceof ApiProblem)) return <Alert role="alert">{t("visit.kept_offline")}</Alert>;
  return (
    <Alert role="alert" title={t("error.title")}>
      {textOf(error)}
    </Alert>
  );
}
