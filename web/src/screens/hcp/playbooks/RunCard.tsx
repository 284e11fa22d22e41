import { Textarea } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStopPlaybook, type Offer, type PlaybookRun, type PlaybookStep } from "../../../api/playbooks";
import { useMe, useModel } from "../../../api/queries";
import { formatDay, formatTime } from "../../../lib/dates";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { DueFact } from "../../../ui/DueFact";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { Icon, type IconName } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import { MoveDialog } from "../../playbooks/MoveDialog";
import { OfferLine } from "./Material";
import styles from "./Playbooks.module.css";
import { StepDate } from "./StepDate";
import { stepsInOrder } from "./order";

interface RunCardProps {
  hcp: string;
  run: PlaybookRun;
  /** What may be shown to the doctor now: steps that ask for a layer of evidence name what fits. */
  offers: Offer[];
}

/** One playbook under way, or over: its steps on a line, the next one open. */
export function RunCard({ hcp, run, offers }: RunCardProps) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const model = useModel();
  const title = useId();
  const [stopping, setStopping] = useState(false);
  const [moving, setMoving] = useState(false);
  const day = (instant: string) => formatDay(instant, i18n.language, zone);
  const isRunning = run.state === "running";
  const by = run.started_by?.title ?? t("playbooks.by_rule");
  return (
    <article className={styles.run} aria-labelledby={title} data-state={run.state}>
      <header className={styles.head}>
        <div>
          <h3 id={title}>{run.label}</h3>
          <p className={styles.quiet}>
            {t("playbooks.started", { when: day(run.started_at), by })}
            {run.topic && ` · ${t("playbooks.because", { topic: run.topic.title })}`}
            {(run.version > 1 || run.earlier_version) && ` · ${t("playbooks.version", { number: run.version })}`}
            {isRunning && run.earlier_version && ` · ${t("playbooks.earlier_version")}`}
          </p>
          {isRunning && run.earlier_version && model.may("hcp", "update") && (
            <Button variant="subtle" size="md" leftSection={<Icon name="history" size={16} />} onClick={() => setMoving(true)}>
              {t("playbooks.changes")}
            </Button>
          )}
        </div>
        {isRunning && model.may("hcp", "update") && (
          <Button variant="subtle" color="gray" size="md" onClick={() => setStopping(true)} aria-label={t("playbooks.stop_of", { playbook: run.label })}>
            {t("playbooks.stop")}
          </Button>
        )}
      </header>
      {run.state === "ended" && <Badge tone="good" icon="check">{t("playbooks.ended", { when: day(run.ended_at ?? run.started_at) })}</Badge>}
      {run.state === "stopped" && (
        <p className={styles.stopped}>
          <Icon name="close" size={15} /> {t("playbooks.stopped", { when: day(run.ended_at ?? run.started_at), reason: run.stop_reason ?? t("playbooks.stop_gone") })}
        </p>
      )}
      <ol className={styles.line}>
        {stepsInOrder(run.steps).map((step) => (
          <Step key={step.id} step={step} offers={offers} />
        ))}
      </ol>
      {moving && <MoveDialog run={run} close={() => setMoving(false)} />}
      {stopping && <StopDialog hcp={hcp} run={run} close={() => setStopping(false)} />}
    </article>
  );
}

const signs: Record<PlaybookStep["state"], IconName> = { done: "check", open: "right", planned: "clock", skipped: "minus", stopped: "minus" };

function Step({ step, offers }: { step: PlaybookStep; offers: Offer[] }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const model = useModel();
  const isOpen = step.state === "open";
  const fitting = isOpen && step.layer !== null ? offers.filter(({ layer }) => layer === step.layer).slice(0, 3) : [];
  return (
    <li className={styles.step} data-state={step.state}>
      <span className={styles.mark}>
        <Icon name={signs[step.state]} size={15} />
      </span>
      <div className={styles.what}>
        <p className={styles.name}>
          {step.label} {step.round > 1 && <span className={styles.quiet}>{t("playbooks.round", { round: step.round })}</span>}
        </p>
        <p className={styles.facts}>
          <span>{model.choiceLabel("playbook_step", "state", step.state)}</span>
          {step.done_at !== null && <span>{`${formatDay(step.done_at, i18n.language, zone)} ${formatTime(step.done_at, i18n.language, zone)}`}</span>}
          {isOpen && step.due_at !== null && <DueFact due={step.due_at} />}
          {step.done_at === null && <StepDate step={step} />}
          {step.owner !== null && step.state !== "planned" && <span>{step.owner.title}</span>}
        </p>
        {isOpen && <p className={styles.guidance}>{step.guidance}</p>}
        {fitting.length > 0 && (
          <ul className={styles.offers} aria-label={t("playbooks.bring")}>
            {fitting.map((offer) => (
              <OfferLine key={offer.id} offer={offer} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function StopDialog({ hcp, run, close }: { hcp: string; run: PlaybookRun; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const stop = useStopPlaybook("hcp", hcp);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    stop.mutate(
      { run: run.id, reason },
      {
        onSuccess: () => {
          toast({ text: t("playbooks.stopped_toast", { playbook: run.label }) });
          close();
        },
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  };
  return (
    <Dialog title={t("playbooks.stop_of", { playbook: run.label })} close={close}>
      <form className={forms.form} onSubmit={submit}>
        <p>{t("playbooks.stop_hint")}</p>
        <Textarea size="md" label={t("playbooks.reason")} required withAsterisk={false} autosize={false} rows={3} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <FormActions busy={stop.isPending} disabled={reason.trim() === ""} cancel={close} submit={t("playbooks.stop")} />
      </form>
    </Dialog>
  );
}
