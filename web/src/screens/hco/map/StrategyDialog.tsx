import { Alert, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DecisionRole, InstitutionMap } from "../../../api/hco";
import { useModel } from "../../../api/queries";
import { useChangeRecord, useCreateRecord } from "../../../api/records";
import { randomId } from "../../../lib/ids";
import { LintAbout } from "../../../lint/LintAbout";
import { LintFindings } from "../../../lint/LintFindings";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";

/** How one speaks with a role at this institution, instead of the general guidance. */
export function StrategyDialog({ map, role, close }: { map: InstitutionMap; role: DecisionRole; close: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const create = useCreateRecord("decision_step");
  const change = useChangeRecord("decision_step", role.step ?? "");
  const [text, setText] = useState(role.strategy ?? "");
  const [key] = useState(randomId);
  const error = create.error ?? change.error;
  const saved = () => {
    void client.invalidateQueries({ queryKey: ["hco", map.hco.id] });
    toast({ text: t("record.saved") });
    close();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const strategy = text.trim() === "" ? null : text.trim();
    const values = { hco: map.hco.id, decision_role: role.role, strategy, ...(map.product ? { product: map.product } : {}) };
    if (role.step === null) create.mutate({ key, values }, { onSuccess: saved });
    else change.mutate({ version: role.version, change: { strategy } }, { onSuccess: saved });
  };
  return (
    <Dialog title={t("hco.strategy_of", { role: role.label })} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {error !== null && <Alert role="alert">{textOf(error)}</Alert>}
        <Textarea
          label={model.fieldLabel("decision_step", "strategy")}
          description={role.guidance ? t("hco.strategy_hint", { guidance: role.guidance }) : undefined}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={2000}
          rows={5}
          size="md"
        />
        <LintAbout value={{ hco: map.hco.id }}>
          <LintFindings field="decision_step.strategy" text={text} />
        </LintAbout>
        <FormActions busy={create.isPending || change.isPending} cancel={close} />
      </form>
    </Dialog>
  );
}
