import { Alert, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRefresh } from "../api/day";
import { ApiProblem } from "../api/problem";
import { useMe, useModel } from "../api/queries";
import { recordQuery, useCreateRecord } from "../api/records";
import { addDays, dayOf, instantAt, today, type Day } from "../lib/dates";
import { randomId, recordId } from "../lib/ids";
import { LintAbout } from "../lint/LintAbout";
import { LintFindings } from "../lint/LintFindings";
import { ReferenceSelect } from "../record/ReferenceSelect";
import { Dialog } from "./Dialog";
import { FormActions } from "./FormActions";
import forms from "./forms.module.css";
import { Lacks } from "./Lacks";
import { useErrorText } from "./parts";
import { QuickDates } from "./QuickDates";
import { useToast } from "./Toasts";
import { usePromiseCheck, type PromiseCheck } from "./usePromiseCheck";
import type { TodoKind } from "./useTodo";

interface NewTodoProps {
  kind: TodoKind;
  /** What the page it is made on tells already; a doctor who is not told is asked for. */
  about: { hcp?: string; hco?: string; owner?: string | null };
  close: () => void;
}

const endOfDay = "18:00";

/** A task or a promise by hand: what, by when, for whom; a manager says who does it. */
export function NewTodo({ kind, about, close }: NewTodoProps) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const refresh = useRefresh();
  const create = useCreateRecord(kind);
  const [made] = useState(() => ({ key: randomId(), id: recordId() }));
  const [what, setWhat] = useState("");
  const [body, setBody] = useState("");
  const [chosen, setDay] = useState<Day | null>(null);
  const [hcp, setHcp] = useState(about.hcp ?? "");
  const canAssign = model.reachesOthers(kind, "create");
  const [owner, setOwner] = useState((canAssign ? about.owner : null) ?? me.id);
  const problem = create.error instanceof ApiProblem ? create.error : null;
  const whatField = kind === "promise" ? "deliverable" : "subject";
  const asksForDoctor = about.hcp === undefined && about.hco === undefined;
  const chosenAt = chosen === null || chosen === "" ? null : instantAt(chosen, endOfDay, me.zone);
  const checked = usePromiseCheck(kind === "promise" ? what : null, chosenAt);
  // Nobody has chosen yet: what the words themselves say of when, else a week.
  const said = chosen === null ? checked.due : null;
  const day = chosen ?? (said === null ? addDays(today(me.zone), 7) : dayOf(said, me.zone));
  const save = (event: FormEvent) => {
    event.preventDefault();
    const values = {
      id: made.id,
      [whatField]: what.trim() || null,
      due_at: day === "" ? null : (said ?? instantAt(day, endOfDay, me.zone)),
      owner: owner || null,
      ...(kind === "task" && body.trim() !== "" ? { body: body.trim() } : {}),
      ...(hcp === "" ? {} : { hcp }),
      ...(about.hco === undefined || kind === "promise" ? {} : { hco: about.hco }),
    };
    create.mutate(
      { key: made.key, values },
      {
        onSuccess: () => {
          refresh({ object: kind, id: made.id, hcp: hcp || null, hco: about.hco ?? null });
          toast({ text: t(kind === "promise" ? "todo.promise_made" : "todo.task_made") });
          close();
        },
      },
    );
  };
  const pointers = [`/${whatField}`, "/due_at", "/hcp", "/owner"];
  const isSaid = problem !== null && pointers.some((pointer) => problem.at(pointer) !== undefined);
  return (
    <Dialog title={t(kind === "promise" ? "todo.new_promise" : "todo.new_task")} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {create.error !== null && <Alert role="alert">{isSaid ? t("record.check_fields") : textOf(create.error)}</Alert>}
        <TextInput
          size="md"
          label={model.fieldLabel(kind, whatField)}
          value={what}
          onChange={(event) => setWhat(event.currentTarget.value)}
          error={problem?.at(`/${whatField}`)}
          maxLength={300}
          autoFocus
          data-autofocus
        />
        {kind === "promise" && (
          <>
            <LintAbout value={hcp === "" ? {} : { hcp }}>
              <LintFindings field="promise.deliverable" text={what} />
            </LintAbout>
            <Lacks lacks={day === "" ? checked.lacks : withoutDue(checked)} />
          </>
        )}
        <QuickDates
          label={model.fieldLabel(kind, "due_at")}
          name="new_due"
          value={day || null}
          onChange={setDay}
          zone={me.zone}
          error={problem?.at("/due_at")}
        />
        {asksForDoctor && (
          <ReferenceSelect
            label={model.fieldLabel(kind, "hcp")}
            description={undefined}
            error={problem?.at("/hcp")}
            required={kind === "promise"}
            object="hcp"
            value={hcp}
            title=""
            onChange={setHcp}
          />
        )}
        {kind === "task" && (
          <Textarea
            size="md"
            rows={2}
            label={model.fieldLabel("task", "body")}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
        )}
        {canAssign && <OwnerSelect owner={owner} setOwner={setOwner} error={problem?.at("/owner")} />}
        <FormActions busy={create.isPending} cancel={close} />
      </form>
    </Dialog>
  );
}

/** The day that stands in the form is the deadline, also while nobody has chosen another. */
const withoutDue = ({ lacks, due }: PromiseCheck) =>
  new Map([...lacks].filter(([pointer]) => pointer === "/deliverable" || (pointer === "/confirm_at" && due !== null)));

interface OwnerSelectProps {
  owner: string;
  setOwner: (id: string) => void;
  error: string | undefined;
}

/** Who does it; the name of whom the page suggests is known before the field shows. */
function OwnerSelect({ owner, setOwner, error }: OwnerSelectProps) {
  const model = useModel();
  const [first] = useState(owner);
  const suggested = useQuery(recordQuery("user", first));
  if (suggested.isPending) return null;
  return (
    <ReferenceSelect
      label={model.fieldLabel("task", "owner")}
      description={undefined}
      error={error}
      required
      object="user"
      value={owner}
      title={suggested.data?.title ?? ""}
      onChange={setOwner}
    />
  );
}
