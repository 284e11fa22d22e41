import { Alert } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRefresh, useTouch } from "../../api/day";
import { ApiProblem } from "../../api/problem";
import { useMe } from "../../api/queries";
import { changeRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { dayOf, instantAt, timeOf } from "../../lib/dates";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { emptyDraft, type VisitDraft } from "./draft";
import { Channel, Discussion, HeldAt, TemperatureSeen } from "./VisitParts";

interface EditVisitProps {
  visit: AnyRecord;
  close: () => void;
}

const textOrEmpty = (value: unknown): string => (typeof value === "string" ? value : "");

function draftFrom(visit: AnyRecord, zone: string): VisitDraft {
  const at = textOrEmpty(visit["held_at"]);
  return {
    ...emptyDraft(),
    temperature: textOrEmpty(visit["temperature"]) || null,
    channel: textOrEmpty(visit["channel"]),
    heldAt: at === "" ? null : `${dayOf(at, zone)}T${timeOf(at, zone)}`,
    discussion: textOrEmpty(visit["discussion"]),
  };
}

/** The fields that differ from the visit as it is. */
function changesOf(draft: VisitDraft, base: VisitDraft, zone: string): Record<string, unknown> {
  const [day, time] = draft.heldAt?.split("T") ?? [];
  return {
    ...(draft.temperature === base.temperature ? {} : { temperature: draft.temperature }),
    ...(draft.channel === base.channel ? {} : { channel: draft.channel }),
    ...(draft.discussion.trim() === base.discussion.trim() ? {} : { discussion: draft.discussion.trim() || null }),
    ...(draft.heldAt === base.heldAt ? {} : { held_at: day && time ? instantAt(day, time, zone) : new Date().toISOString() }),
  };
}

/** A recorded visit put right: what was wrong, never what followed from it. The toast takes it back. */
export function EditVisit({ visit, close }: EditVisitProps) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const refresh = useRefresh();
  const touch = useTouch();
  const [base] = useState(() => draftFrom(visit, me.zone));
  const [draft, setDraft] = useState(base);
  const target = { object: "visit", id: visit.id, hcp: textOrEmpty(visit["hcp"]), hco: textOrEmpty(visit["hco"]) };
  const save = useMutation({
    mutationFn: (change: Record<string, unknown>) => changeRecord("visit", visit.id, { version: visit.version ?? 0, change }),
    onSettled: () => refresh(target),
  });
  const problem = save.error instanceof ApiProblem ? save.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changes = changesOf(draft, base, me.zone);
    if (Object.keys(changes).length === 0) return close();
    const before = Object.fromEntries(Object.keys(changes).map((name) => [name, visit[name] ?? null]));
    const undo = () =>
      touch.mutate({ ...target, change: before }, { onError: (error) => toast({ text: textOf(error), tone: "bad" }) });
    save.mutate(changes, {
      onSuccess: () => {
        toast({ text: t("visit.corrected"), undo });
        close();
      },
    });
  };
  const part = {
    draft,
    change: (values: Partial<VisitDraft>) => setDraft((before) => ({ ...before, ...values })),
    errorAt: (pointer: string) => problem?.at(pointer),
  };
  return (
    <form className={forms.form} onSubmit={submit} noValidate>
      {save.error !== null && <Alert role="alert">{textOf(save.error)}</Alert>}
      <TemperatureSeen {...part} last={null} />
      <Discussion {...part} />
      <Channel {...part} />
      <HeldAt {...part} />
      <FormActions busy={save.isPending} cancel={close} />
    </form>
  );
}
