import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { LintFindings } from "../../lint/LintFindings";
import { Lacks } from "../../ui/Lacks";
import { QuickDates } from "../../ui/QuickDates";
import { ConfirmNode } from "./ConfirmNode";
import { Line, Lines } from "./Line";
import type { DraftPromise } from "./draft";
import type { VisitCheck } from "./useVisitCheck";
import type { PartProps } from "./VisitParts";

/** What was promised: a deliverable, a deadline to the hour, and when receipt is confirmed. */
export function PromiseLines({ draft, change, errorAt, lacks }: PartProps & Pick<VisitCheck, "lacks">) {
  const { t } = useTranslation();
  const me = useMe();
  const set = (promises: DraftPromise[]) => change({ promises });
  const edit = (index: number, values: Partial<DraftPromise>) =>
    set(draft.promises.map((promise, at) => (at === index ? { ...promise, ...values } : promise)));
  return (
    <Lines title={t("visit.promises")}>
      {draft.promises.map((promise, index) => (
        <Line
          key={promise.id}
          name={t("visit.promise_open", { number: index + 1 })}
          remove={() => set(draft.promises.filter((_, at) => at !== index))}
        >
          <TextInput
            size="md"
            label={t("visit.promise_what")}
            value={promise.deliverable}
            onChange={(event) => edit(index, { deliverable: event.currentTarget.value })}
            error={errorAt(`/promises/${index}/deliverable`)}
            autoFocus={promise.deliverable === "" && index === draft.promises.length - 1}
          />
          <LintFindings field="promise.deliverable" text={promise.deliverable} />
          <QuickDates
            label={t("visit.promise_due")}
            name={`promise_${index}_due`}
            value={promise.due}
            onChange={(due) => edit(index, { due: due === "" ? null : due })}
            zone={me.zone}
            error={errorAt(`/promises/${index}/due_at`)}
          />
          {promise.due !== null && (
            <TextInput
              type="time"
              size="md"
              label={t("visit.promise_hour")}
              value={promise.time ?? "18:00"}
              onChange={(event) => edit(index, { time: event.currentTarget.value })}
            />
          )}
          {promise.due !== null && <ConfirmNode value={promise.confirm ?? null} onChange={(confirm) => edit(index, { confirm })} />}
          {promise.deliverable.trim() !== "" && <Lacks lacks={lacks(promise.id)} />}
        </Line>
      ))}
    </Lines>
  );
}
