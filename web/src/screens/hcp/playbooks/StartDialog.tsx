import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { all, is, shortListQuery } from "../../../api/day";
import { foretellQuery, useStartPlaybook, type AvailablePlaybook } from "../../../api/playbooks";
import { useModel } from "../../../api/queries";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "./Playbooks.module.css";
import { StepDate } from "./StepDate";

interface StartDialogProps {
  hcp: string;
  playbook: AvailablePlaybook;
  close: () => void;
}

/** What would come when, before anybody decides. */
export function StartDialog({ hcp, playbook, close }: StartDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const [topic, setTopic] = useState("");
  const chosen = { playbook: playbook.playbook, topic: topic === "" ? null : topic };
  const foretold = useQuery(foretellQuery("hcp", hcp, chosen));
  const start = useStartPlaybook("hcp", hcp);
  const begin = () =>
    start.mutate(chosen, {
      onSuccess: () => {
        toast({ text: t("playbooks.started_toast", { playbook: playbook.label }) });
        close();
      },
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Dialog
      title={playbook.label}
      close={close}
      form="panel"
      actions={
        <Button size="md" onClick={begin} loading={start.isPending} disabled={!foretold.isSuccess}>
          {t("playbooks.start_now")}
        </Button>
      }
    >
      <div className={styles.view}>
        <p className={styles.quiet}>{playbook.help}</p>
        <OpenTopic hcp={hcp} value={topic} choose={setTopic} />
        {foretold.isPending && <CardSkeletons count={3} height={80} />}
        {foretold.isError && <ErrorNotice error={foretold.error} />}
        {foretold.isSuccess && (
          <ol className={styles.line}>
            {foretold.data.steps.map((step) => (
              <li key={step.step} className={styles.step} data-state="planned">
                <span className={styles.mark} aria-hidden="true" />
                <div className={styles.what}>
                  <p className={styles.name}>{step.label}</p>
                  <p className={styles.facts}>
                    <StepDate step={step} />
                  </p>
                  <p className={styles.guidance}>{step.guidance}</p>
                </div>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Dialog>
  );
}

/** The question that it answers: once that is answered, the playbook stops by itself. */
function OpenTopic({ hcp, value, choose }: { hcp: string; value: string; choose: (topic: string) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const filter = all({ "==": [{ var: "visit.hcp" }, hcp] }, is("state", "open"));
  const topics = useQuery({ ...shortListQuery("topic", { filter, limit: 30 }), enabled: model.may("topic", "read") });
  const items = topics.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <NativeSelect
      size="md"
      label={t("playbooks.topic")}
      description={t("playbooks.topic_hint")}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[{ value: "", label: t("playbooks.no_topic") }, ...items.map((topic) => ({ value: topic.id, label: String(topic["text"] ?? topic.title) }))]}
    />
  );
}
