import { NativeSelect, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMergeChoice, type Batch } from "../../../api/definitions";
import { useMe } from "../../../api/queries";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import forms from "../../../ui/forms.module.css";
import { ErrorNotice } from "../../../ui/parts";
import { textFor, type DefinedChoice } from "../design/body";
import styles from "../Studio.module.css";

interface MergeDialogProps {
  object: string;
  field: string;
  from: DefinedChoice;
  label: string;
  count: number;
  /** What it can become. */
  others: DefinedChoice[];
  merged: () => void;
  close: () => void;
}

/** Moves the records of a choice to another one and retires it: at once, and to be taken back as one change. */
export function MergeDialog({ object, field, from, label, count, others, merged, close }: MergeDialogProps) {
  const { t, i18n } = useTranslation();
  const [into, setInto] = useState(others[0]?.code ?? "");
  const [note, setNote] = useState("");
  const merge = useMergeChoice(object);
  const start = () => merge.mutate({ field, from: from.code, into, note: note.trim() }, { onSuccess: merged });
  return (
    <Dialog title={t("studio.objects.merge_title", { choice: label })} close={close}>
      {merge.data === undefined ? (
        // No form: it stands within that of the field, which this must not send.
        <div className={forms.form}>
          <p>{t("studio.objects.merge_hint", { count })}</p>
          <NativeSelect
            size="md"
            label={t("studio.objects.merge_into")}
            value={into}
            onChange={({ currentTarget }) => setInto(currentTarget.value)}
            data={others.map(({ code, labels }) => ({ value: code, label: textFor(labels, i18n.language, code) }))}
          />
          <Textarea
            size="md"
            rows={2}
            label={t("studio.note")}
            maxLength={500}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          {merge.isError && <ErrorNotice error={merge.error} />}
          <div className={forms.actions}>
            <Button size="md" loading={merge.isPending} disabled={into === ""} onClick={start}>
              {t("studio.objects.merge_do")}
            </Button>
            <Button variant="default" size="md" onClick={close}>
              {t("app.cancel")}
            </Button>
          </div>
        </div>
      ) : (
        <Merged batch={merge.data} />
      )}
    </Dialog>
  );
}

function Merged({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const { may } = useMe();
  const { changed = 0, refused = 0 } = batch.counts as { changed?: number; refused?: number };
  return (
    <div className={forms.form} role="status">
      <p>{batch.status === "running" ? t("studio.objects.merge_running") : t("studio.objects.merge_done", { count: changed })}</p>
      {refused > 0 && <p className={styles.problems}>{t("studio.objects.merge_refused", { count: refused })}</p>}
      {may.journal === true && (
        <Link to="/admin/journal" search={{ batch: batch.id }} className={styles.link}>
          {t("studio.in_journal")}
        </Link>
      )}
    </div>
  );
}
