import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordVisit } from "../../api/changes";
import { ApiProblem } from "../../api/problem";
import { useTouch } from "../../api/day";
import type { Model } from "../../api/model";
import { hcpQuery, tasksQuery, useMe, useModel } from "../../api/queries";
import { valueOf, type FieldDraft } from "../../record/fieldDraft";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { ScreenError } from "../../app/ScreenError";
import { randomId } from "../../lib/ids";
import { LintAbout } from "../../lint/LintAbout";
import { Icon } from "../../ui/icons";
import { CardSkeletons, useErrorText } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { useToast } from "../../ui/Toasts";
import { Briefing, Taboos } from "../hcp/Briefing";
import { additionOf, putAsideOf, sendingOf, visitOf, type VisitDraft } from "./draft";
import { useDraft } from "./useDraft";
import { VisitDone } from "./VisitDone";
import { VisitForm } from "./VisitForm";
import styles from "./VisitPage.module.css";

const route = getRouteApi("/app/hcp/$id/visit/new");

/** Prepare, hold, record: thirty seconds, one thumb. */
export function VisitPage() {
  const { id } = route.useParams();
  const { visit } = route.useSearch();
  const hcp = useQuery(hcpQuery(id));
  if (hcp.isPending) return <CardSkeletons count={3} height={160} />;
  if (hcp.isError) return <ScreenError error={hcp.error} retry={() => void hcp.refetch()} />;
  return <Loaded key={`${id}/${visit ?? ""}`} hcp={hcp.data} planned={visit} />;
}

/**
 * The doctor as before the visit stays on screen after it: what changed is told against it. The visit
 * shows as sent at once; where it could not be saved, the form is back with all that was written.
 */
function Loaded({ hcp, planned }: { hcp: Hcp; planned: string | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const model = useModel();
  const touch = useTouch();
  const navigate = useNavigate();
  const [before] = useState(hcp);
  const tasks = useQuery(tasksQuery(hcp.id));
  const state = useDraft(me.id, hcp.id, planned);
  const [sent, setSent] = useState<{ draft: VisitDraft; tasks: string[] } | null>(null);
  const record = useRecordVisit(hcp.id);

  const send = (draft: VisitDraft) => {
    const sending = draft.sent ?? sendingOf(draft, Date.now());
    const kept = { ...draft, sent: sending };
    const frame = { hcp: hcp.id, hco: hcp.primary_hco ?? null, zone: me.zone, sending };
    state.change(kept);
    setSent({ draft: kept, tasks: tasks.data?.items.map((task) => task.id) ?? [] });
    const finish = () => {
      state.finish();
      const change = portraitOf(model, hcp, kept.portrait);
      if (Object.keys(change).length === 0) return;
      touch.mutate({ object: "hcp", id: hcp.id, hcp: hcp.id, change }, { onError: (error) => toast({ text: textOf(error), tone: "bad" }) });
    };
    const onError = (error: unknown) => {
      // Under this key something else has arrived: an earlier answer was lost, and the draft has changed since.
      if (error instanceof ApiProblem && error.status === 409) {
        const id = kept.planned ?? kept.id;
        record.mutate({ key: randomId(), change: additionOf(kept, frame), id }, { onSuccess: finish, onError: fail });
        return;
      }
      fail(error);
    };
    const fail = (error: unknown) => {
      setSent(null);
      if (error instanceof ApiProblem && error.status < 500) state.renewKey();
    };
    const visit = visitOf(kept, frame);
    const request = kept.planned ? { key: kept.key, change: visit, id: kept.planned } : { key: kept.key, visit };
    record.mutate(request, { onSuccess: finish, onError });
  };

  const aside = useRecordVisit(hcp.id);
  const putAside = (draft: VisitDraft) => {
    const sending = sendingOf(draft, Date.now());
    const visit = putAsideOf(draft, { hcp: hcp.id, hco: hcp.primary_hco ?? null, zone: me.zone, sending });
    const request = draft.planned ? { key: randomId(), change: visit, id: draft.planned } : { key: randomId(), visit };
    aside.mutate(request, {
      onSuccess: () => {
        state.finish();
        toast({ text: t("visit.later_done") });
        void navigate({ to: "/" });
      },
    });
  };

  if (sent !== null) {
    return (
      <VisitDone before={before} draft={sent.draft} visit={record.data?.id ?? null} tasksBefore={sent.tasks} />
    );
  }
  return (
    <div className={styles.page}>
      <Head hcp={before} />
      <Taboos hcp={before.id} />
      <details className={styles.prepare}>
        <summary>
          <Icon name="quote" size={18} />
          <span>{t("brief.title")}</span>
        </summary>
        <Briefing hcp={before} whole />
      </details>
      <LintAbout value={{ hcp: hcp.id }}>
        <VisitForm hcp={before} state={state} planned={planned} error={record.error ?? aside.error} send={send} putAside={putAside} isBusy={aside.isPending} />
      </LintAbout>
    </div>
  );
}

/** Those of the doctor's traits that the visit has put right. */
function portraitOf(model: Model, hcp: Hcp, portrait: FieldDraft): Record<string, unknown> {
  const record = hcp as unknown as AnyRecord;
  const changes = Object.entries(portrait).flatMap(([name, typed]) => {
    const field = model.field("hcp", name);
    const value = field === undefined ? undefined : valueOf(field, typed);
    return field === undefined || value === (record[name] ?? null) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changes);
}

function Head({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  return (
    <header className={styles.head}>
      <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.back} aria-label={t("app.back")}>
        <Icon name="back" size={22} />
      </Link>
      <div>
        <h1 className={styles.title}>{t("visit.title")}</h1>
        <p className={styles.with}>{t("visit.with", { name: honorific(hcp) })}</p>
      </div>
    </header>
  );
}
