import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/Button";
import { useToast } from "../../../ui/Toasts";
import styles from "../Studio.module.css";
import { useProblems } from "./problems";
import { PublishDialog } from "./PublishDialog";
import type { Draft } from "./useDraft";

/** Stays in sight while something is not published: whether it fits, and what to do with it. */
export function Bar({ title, draft }: { title: string; draft: Draft }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { problems, isChecking } = useProblems();
  const [open, setOpen] = useState(false);
  if (draft.changed.length === 0) return null;
  const discard = () => {
    draft.clear();
    toast({ text: t("studio.discarded") });
  };
  const state = problems.length > 0 ? t("studio.bar_problems", { count: problems.length }) : t(isChecking ? "studio.bar_checking" : "studio.bar_ready");
  return (
    <>
      <div className={styles.bar} role="region" aria-label={t("studio.review")}>
        <p role="status" data-wrong={problems.length > 0 || undefined}>
          {state}
        </p>
        <Button size="md" onClick={() => setOpen(true)}>
          {t("studio.review")}
        </Button>
        <Button variant="default" size="md" onClick={discard}>
          {t("studio.discard")}
        </Button>
      </div>
      {open && (
        <PublishDialog
          title={t("studio.publish_title", { what: title })}
          parts={draft.changed.map((part) => ({ ...part, before: draft.originalOf(part)?.body ?? null }))}
          published={() => {
            setOpen(false);
            draft.clear();
          }}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
