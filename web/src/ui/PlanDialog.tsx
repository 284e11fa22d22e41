import { TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRefresh, useTouch } from "../api/day";
import { ApiProblem } from "../api/problem";
import { useMe, useModel } from "../api/queries";
import { useCreateRecord, useDeleteRecord } from "../api/records";
import type { AnyRecord } from "../api/shapes";
import { addDays, formatDay, instantAt, today, type Day } from "../lib/dates";
import { randomId, recordId } from "../lib/ids";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import forms from "./forms.module.css";
import { useErrorText } from "./parts";
import { useHonorific } from "./PersonCard";
import { QuickDates } from "./QuickDates";
import { ChooseOne } from "./Tiles";
import { useToast } from "./Toasts";

interface PlanDialogProps {
  hcp: AnyRecord;
  close: () => void;
}

type Kind = "visit" | "action";

/** What comes next with a doctor: a visit in the plan, or an action with a day. */
export function PlanDialog({ hcp, close }: PlanDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const honorific = useHonorific();
  const canPlan = model.may("visit", "create");
  const [kind, setKind] = useState<Kind>(canPlan ? "visit" : "action");
  return (
    <Dialog title={t("plan.title", { name: honorific(hcp) })} close={close}>
      <div className={forms.form}>
      {canPlan && (
        <ChooseOne
          legend={t("plan.kind")}
          hiddenLegend
          name="plan_kind"
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          options={[
            { value: "visit", label: t("plan.visit") },
            { value: "action", label: t("plan.action") },
          ]}
        />
      )}
      {kind === "visit" ? <PlanVisit hcp={hcp} close={close} /> : <PlanAction hcp={hcp} close={close} />}
      </div>
    </Dialog>
  );
}

const usualTime = "10:00";

function PlanVisit({ hcp, close }: PlanDialogProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const create = useCreateRecord("visit");
  const { remove } = useDeleteRecord("visit");
  const refresh = useRefresh();
  const [made] = useState(() => ({ key: randomId(), id: recordId() }));
  const [day, setDay] = useState<Day>(addDays(today(me.zone), 1));
  const [time, setTime] = useState(usualTime);
  const [channel, setChannel] = useState("in_person");
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const at = instantAt(day, time, me.zone);
    const undo = () => remove.mutate(made.id, { onSettled: () => refresh({ object: "visit", id: made.id, hcp: hcp.id }) });
    create.mutate(
      { key: made.key, values: { id: made.id, hcp: hcp.id, state: "planned", planned_at: at, channel } },
      {
        onSuccess: () => {
          refresh({ object: "visit", id: made.id, hcp: hcp.id });
          toast({ text: t("plan.visit_made", { when: `${formatDay(day, i18n.language, me.zone)} ${time}` }), undo });
          close();
        },
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <QuickDates
        label={t("plan.day")}
        name="plan_day"
        value={day || null}
        onChange={setDay}
        zone={me.zone}
        error={problem?.at("/planned_at")}
      />
      <TextInput
        type="time"
        size="md"
        label={t("plan.time")}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <ChooseOne
        legend={model.fieldLabel("visit", "channel")}
        name="plan_channel"
        value={channel}
        onChange={setChannel}
        options={model.choices("visit", "channel").map((one) => ({ value: one.code, label: model.label(one) }))}
      />
      <div className={forms.actions}>
        <Button type="submit" size="md" loading={create.isPending} disabled={day === "" || time === ""}>
          {t("plan.save_visit")}
        </Button>
      </div>
    </form>
  );
}

function PlanAction({ hcp, close }: PlanDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const [what, setWhat] = useState("");
  const [day, setDay] = useState<Day>(addDays(today(me.zone), 7));
  const problem = touch.error instanceof ApiProblem ? touch.error : null;
  const before = { next_action: hcp["next_action"] ?? null, next_action_due: hcp["next_action_due"] ?? null };
  const put = (change: Record<string, unknown>, done: () => void) =>
    touch.mutate(
      { object: "hcp", id: hcp.id, hcp: hcp.id, change },
      { onSuccess: done, onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  const save = (event: FormEvent) => {
    event.preventDefault();
    put({ next_action: what.trim(), next_action_due: day }, () => {
      // Where the list did not tell what stood there before, there is nothing to put back.
      const undo = "next_action" in hcp ? { undo: () => put(before, () => {}) } : {};
      toast({ text: t("hcp.next_action_saved"), ...undo });
      close();
    });
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <TextInput
        size="md"
        label={t("hcp.next_action_what")}
        placeholder={t("plan.action_hint")}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        error={problem?.at("/next_action")}
        maxLength={500}
        autoFocus
        data-autofocus
      />
      <QuickDates
        label={t("hcp.next_action_when")}
        name="plan_action_day"
        value={day || null}
        onChange={setDay}
        zone={me.zone}
        error={problem?.at("/next_action_due")}
      />
      <div className={forms.actions}>
        <Button type="submit" size="md" loading={touch.isPending} disabled={what.trim() === "" || day === ""}>
          {t("app.save")}
        </Button>
      </div>
    </form>
  );
}
