import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { planQuery, useDropImport, type Import } from "../../api/imports";
import { ApiProblem } from "../../api/problem";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/icons";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import { useToast } from "../../ui/Toasts";
import { Check } from "./Check";
import { Columns } from "./Columns";
import { Confirm } from "./Confirm";
import { emptyDraft, orderOf, settled, steps, type Step } from "./draft";
import styles from "./Imports.module.css";
import { useImportDraft, type DraftState } from "./useImportDraft";

interface EditorProps {
  record: Import;
  step: Step;
}

/** A file that waits: which column goes where, what would happen, and the word to begin. */
export function Editor({ record, step }: EditorProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const state = useImportDraft(record.id);
  const isRead = state.draft !== undefined;
  const plan = useQuery({ ...planQuery(record.id, state.draft?.form ?? emptyDraft.form), enabled: isRead });
  const isStarted = state.error instanceof ApiProblem && state.error.has("import_not_staged");
  useEffect(() => {
    // Somebody has started it meanwhile: this screen becomes that of an import on its way.
    if (isStarted) void client.invalidateQueries({ queryKey: ["import", record.id, "record"] });
  }, [isStarted, client, record.id]);
  const draft = state.draft && plan.data && settled(state.draft, plan.data);
  return (
    <>
      <Tabs
        label={t("imports.steps")}
        tabs={steps.map((one, index) => ({
          label: `${index + 1}. ${t(`imports.step_${one}`)}`,
          link: { to: "/imports/$id", params: { id: record.id }, search: { step: one } },
          current: one === step,
        }))}
      />
      <Troubles state={state} />
      {plan.isError && <FormTrouble state={state} error={plan.error} />}
      {draft === undefined || plan.data === undefined ? (
        !plan.isError && !state.error && <CardSkeletons />
      ) : step === "columns" ? (
        <Columns plan={plan.data} draft={draft} change={(act) => state.change((before) => act(settled(before, plan.data)))} />
      ) : step === "check" ? (
        <Check
          record={record}
          plan={plan.data}
          draft={draft}
          change={(act) => state.change((before) => act(settled(before, plan.data)))}
        />
      ) : (
        <Confirm record={record} plan={plan.data} order={orderOf(draft, plan.data)} />
      )}
      {draft && <Onward id={record.id} step={step} />}
    </>
  );
}

/** The next step at the end of this one; the last step has a button of its own. */
function Onward({ id, step }: { id: string; step: Step }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const next = steps[steps.indexOf(step) + 1];
  return (
    <div className={styles.foot}>
      {next && (
        <Button
          size="md"
          rightSection={<Icon name="right" size={18} />}
          onClick={() => void navigate({ to: "/imports/$id", params: { id }, search: { step: next } })}
        >
          {t(`imports.to_${next === "check" ? "check" : "confirm"}`)}
        </Button>
      )}
      <ThrowAway id={id} />
    </div>
  );
}

function ThrowAway({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toast = useToast();
  const drop = useDropImport(id);
  const [isAsking, setAsking] = useState(false);
  const confirm = () =>
    drop.mutate(undefined, {
      onSuccess: () => {
        toast({ text: t("imports.dropped") });
        void navigate({ to: "/imports" });
      },
    });
  return (
    <>
      <Button variant="subtle" color="gray" size="md" leftSection={<Icon name="trash" size={18} />} onClick={() => setAsking(true)}>
        {t("imports.drop_file")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("imports.drop_title")}
          confirm={t("imports.drop_file")}
          danger
          pending={drop.isPending}
          onConfirm={confirm}
          close={() => setAsking(false)}
        >
          <p>{t("imports.drop_text")}</p>
          {drop.isError && <ErrorNotice error={drop.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}

function Troubles({ state }: { state: DraftState }) {
  const { t } = useTranslation();
  if (state.conflict) {
    return (
      <div className={styles.notice} role="alert">
        <p>{t("imports.conflict")}</p>
        <div className={styles.row}>
          <Button variant="default" size="md" onClick={state.takeTheirs}>
            {t("imports.take_theirs")}
          </Button>
          <Button variant="default" size="md" onClick={state.keepMine}>
            {t("imports.keep_mine")}
          </Button>
        </div>
      </div>
    );
  }
  return state.error === null ? null : <ErrorNotice error={state.error} retry={state.retry} />;
}

/** The file cannot be read this way: back to what was found out of it. */
function FormTrouble({ state, error }: { state: DraftState; error: unknown }) {
  const { t } = useTranslation();
  return (
    <>
      <ErrorNotice error={error} />
      <div>
        <Button variant="default" size="md" onClick={() => state.change((before) => ({ ...before, form: emptyDraft.form }))}>
          {t("imports.form_reset")}
        </Button>
      </div>
    </>
  );
}
