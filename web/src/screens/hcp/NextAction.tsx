import { TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useChangeRecord } from "../../api/records";
import { ApiProblem } from "../../api/problem";
import { useMe, useModel } from "../../api/queries";
import type { Hcp } from "../../api/shapes";
import { DueFact } from "../../ui/DueFact";
import { FormActions } from "../../ui/FormActions";
import forms from "../../ui/forms.module.css";
import { Icon } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { QuickDates } from "../../ui/QuickDates";
import { useToast } from "../../ui/Toasts";
import styles from "./NextAction.module.css";

/** What happens next with this doctor; changed in place. */
export function NextAction({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const isWritable = useModel().field("hcp", "next_action")?.writable !== false;
  return (
    <section className={styles.box} aria-label={t("hcp.next_action")}>
      <p className={styles.label}>{t("hcp.next_action")}</p>
      {editing ? (
        <Editor hcp={hcp} close={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          className={styles.value}
          onClick={() => setEditing(true)}
          disabled={!isWritable}
          aria-label={`${t("hcp.next_action_edit")}: ${hcp.next_action ?? ""}`}
        >
          <span className={styles.text}>
            {hcp.next_action ? <b>{hcp.next_action}</b> : t("hcp.next_action_none")}
            {hcp.next_action_due && <DueFact due={hcp.next_action_due} />}
          </span>
          {isWritable && <Icon name="pen" size={18} />}
        </button>
      )}
    </section>
  );
}

function Editor({ hcp, close }: { hcp: Hcp; close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const change = useChangeRecord("hcp", hcp.id);
  const [what, setWhat] = useState(hcp.next_action ?? "");
  const [due, setDue] = useState(hcp.next_action_due ?? "");
  const problem = change.error instanceof ApiProblem ? change.error : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { version: hcp.version ?? 0, change: { next_action: what.trim() || null, next_action_due: due || null } },
      {
        onSuccess: () => {
          toast({ text: t("hcp.next_action_saved") });
          close();
        },
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  };
  return (
    <form className={forms.form} onSubmit={save}>
      <TextInput
        size="md"
        label={t("hcp.next_action_what")}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        error={problem?.at("/next_action")}
        autoFocus
      />
      <QuickDates
        label={t("hcp.next_action_when")}
        name="next_action_due"
        value={due || null}
        onChange={setDue}
        zone={me.zone}
        error={problem?.at("/next_action_due")}
      />
      <FormActions busy={change.isPending} cancel={close} />
    </form>
  );
}
