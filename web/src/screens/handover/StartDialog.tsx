import { Alert, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { foreseeQuery, useStart, type Chosen, type Started } from "../../api/handover";
import { ApiProblem } from "../../api/problem";
import { useMe, useModel } from "../../api/queries";
import { addDays, today } from "../../lib/dates";
import { randomId } from "../../lib/ids";
import { ReferenceSelect } from "../../record/ReferenceSelect";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { CardSkeletons, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import styles from "./Handover.module.css";

interface StartDialogProps {
  title: string;
  /** The doctors; null as long as what stands in `before` has not said which. */
  chosen: Chosen | null;
  before?: ReactNode;
  close: () => void;
  /** Called once the handover has begun. */
  done?: () => void;
}

const nobody: Chosen = { records: { ids: [] }, list: {} };
const memoDays = 14;

/** To whom, from which day, and what that would mean, before anything happens. */
export function StartDialog({ title, chosen, before, close, done }: StartDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const now = today(me.zone);
  const [to, setTo] = useState("");
  const [day, setDay] = useState("");
  const [due, setDue] = useState(() => addDays(now, memoDays));
  const [promises, setPromises] = useState("when_complete");
  const [key] = useState(randomId);
  const start = useStart();
  const asked = { ...(chosen ?? nobody), to_user: to, effective_on: day || null, due_on: due || null, promises };
  const foreseen = useQuery({ ...foreseeQuery({ ...asked, effective_on: null, due_on: null, promises: null }), enabled: chosen !== null && to !== "" });
  const isReady = foreseen.isSuccess && foreseen.data.plans.length > 0 && !foreseen.isFetching;
  const error = start.error ?? foreseen.error;
  const problem = error instanceof ApiProblem ? error : null;
  const begin = () =>
    start.mutate(
      { ...asked, key },
      {
        onSuccess: ({ plans }) => {
          toast({ text: t("handover.started", { count: plans.reduce((sum, plan) => sum + plan.doctors, 0) }) });
          done?.();
          close();
          const [only, ...others] = plans;
          if (only?.id && others.length === 0) void navigate({ to: "/handover/$plan", params: { plan: only.id } });
          else void navigate({ to: "/handover" });
        },
      },
    );
  return (
    <Dialog
      title={title}
      form="panel"
      close={close}
      actions={
        <>
          <Button size="md" onClick={begin} disabled={!isReady} loading={start.isPending}>
            {t("handover.begin")}
          </Button>
          <Button size="md" variant="default" onClick={close}>
            {t("app.cancel")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {before}
        <ReferenceSelect
          label={model.fieldLabel("handover_plan", "to_user")}
          description={undefined}
          error={problem?.at("/to_user")}
          required
          object="user"
          value={to}
          title=""
          onChange={setTo}
        />
        <TextInput
          type="date"
          size="md"
          label={model.fieldLabel("handover_plan", "effective_on")}
          description={model.fieldHelp("handover_plan", "effective_on")}
          value={day}
          min={now}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={problem?.at("/effective_on")}
        />
        <TextInput
          type="date"
          size="md"
          label={model.fieldLabel("handover_plan", "due_on")}
          description={t("handover.due_help")}
          value={due}
          min={now}
          onChange={(event) => setDue(event.currentTarget.value)}
          error={problem?.at("/due_on")}
        />
        <NativeSelect
          size="md"
          label={model.fieldLabel("handover_plan", "promises")}
          description={model.fieldHelp("handover_plan", "promises")}
          data={model.choices("handover_plan", "promises").map(({ code }) => ({
            value: code,
            label: model.choiceLabel("handover_plan", "promises", code),
          }))}
          value={promises}
          onChange={(event) => setPromises(event.currentTarget.value)}
          error={problem?.at("/promises")}
        />
        {error !== null && problem?.fields.every(({ pointer }) => pointer === "") !== false && <Alert role="alert">{textOf(error)}</Alert>}
        {foreseen.isFetching && <CardSkeletons count={1} height={90} />}
        {foreseen.isSuccess && !foreseen.isFetching && <Foreseen started={foreseen.data} />}
      </div>
    </Dialog>
  );
}

/** Who hands over how many, what is still to be written, and who is left out and why. */
function Foreseen({ started }: { started: Started }) {
  const { t } = useTranslation();
  return (
    <section className={styles.foreseen} aria-label={t("handover.preview")} role="status">
      <h3>{t("handover.preview")}</h3>
      {started.plans.length === 0 && <p>{t("handover.preview_none")}</p>}
      {started.plans.map((plan) => (
        <div key={plan.from_user} className={styles.group}>
          <p className={styles.groupName}>{t("handover.from_person", { name: plan.from_name, count: plan.doctors })}</p>
          <ul>
            <li>{t("handover.with_tier_a", { count: plan.tier_a })}</li>
            <li>{t("handover.with_missing", { count: plan.incomplete })}</li>
            <li>{t("handover.with_promises", { count: plan.promises })}</li>
          </ul>
        </div>
      ))}
      {started.left_out.map(({ code, message, count, records }) => (
        <div key={code} className={styles.left}>
          <p>
            <b>{t("handover.left_out", { count })}</b> {message}
          </p>
          <p className={styles.names}>{records.map((record) => record.title).join(t("condition.comma"))}</p>
        </div>
      ))}
    </section>
  );
}
