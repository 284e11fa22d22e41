import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { checkSetQuery, usePublishSet, type Body, type DefinitionPart, type DefinitionProblem } from "../../../api/definitions";
import { ApiProblem } from "../../../api/problem";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { ErrorNotice } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "../Studio.module.css";
import { DifferenceList } from "./DifferenceList";
import { useKindWord } from "./kinds";

export interface PublishedPart extends DefinitionPart {
  /** What is in force. */
  before: Body | null;
}

interface PublishDialogProps {
  title: string;
  parts: PublishedPart[];
  published: () => void;
  close: () => void;
}

/** What would change, in words; whether it fits; and why it is done. */
export function PublishDialog({ title, parts, published, close }: PublishDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const kindWord = useKindWord();
  const [note, setNote] = useState("");
  const definitions = parts.map(({ before: _, ...part }) => part);
  const check = useQuery(checkSetQuery(definitions));
  const publish = usePublishSet();
  const stale = publish.error instanceof ApiProblem && publish.error.status === 412 ? publish.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate(
      { definitions, note: note.trim() },
      {
        onSuccess: () => {
          published();
          toast({ text: t("studio.published") });
        },
      },
    );
  };
  return (
    <Dialog title={title} close={close}>
      <form className={forms.form} onSubmit={submit}>
        {parts.map((part) => (
          <section key={`${part.kind}/${part.name}`}>
            {parts.length > 1 && (
              <h3 className={styles.partTitle}>
                {kindWord(part.kind)} <code>{part.name}</code>
              </h3>
            )}
            {part.body === null ? <p>{t("studio.taken_back")}</p> : <DifferenceList before={part.before} after={part.body} />}
          </section>
        ))}
        <div role="status">
          {check.isPending && <p className={styles.quiet}>{t("studio.bar_checking")}</p>}
          {check.data !== undefined && check.data.length > 0 && <ProblemList problems={check.data} />}
        </div>
        <Textarea
          size="md"
          rows={2}
          label={t("studio.note")}
          placeholder={t("studio.note_placeholder")}
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {stale !== null && (
          <p className={styles.problems} role="alert">
            {stale.detail} {t("studio.stale")}
          </p>
        )}
        {publish.isError && stale === null && <ErrorNotice error={publish.error} />}
        {check.isError && <ErrorNotice error={check.error} />}
        <FormActions
          busy={publish.isPending}
          disabled={check.data === undefined || check.data.length > 0}
          cancel={close}
          submit={t("studio.publish")}
        />
      </form>
    </Dialog>
  );
}

/** Everything that does not fit, with its place for those who know it. */
export function ProblemList({ problems }: { problems: Pick<DefinitionProblem, "pointer" | "message">[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.problems}>
      <p>{t("studio.problems")}</p>
      <ul>
        {problems.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            {message} {pointer !== "" && <code className={styles.pointer}>{pointer.replace(/^\/definitions\/\d+\/body/, "")}</code>}
          </li>
        ))}
      </ul>
    </div>
  );
}
