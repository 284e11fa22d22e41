import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { moveQuery, useMoveRun } from "../../api/playbooks";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { MovedSteps } from "./MovedSteps";

interface MoveDialogProps {
  run: { id: string; label: string };
  close: () => void;
}

/** What the version in force would change of one run, before anybody decides. */
export function MoveDialog({ run, close }: MoveDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const foretold = useQuery(moveQuery(run.id));
  const move = useMoveRun();
  const carryOut = () =>
    move.mutate(run.id, {
      onSuccess: () => {
        toast({ text: t("playbooks.moved_toast", { count: 1 }) });
        close();
      },
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Dialog
      title={t("playbooks.move_of", { playbook: run.label })}
      close={close}
      form="panel"
      actions={
        <Button size="md" onClick={carryOut} loading={move.isPending} disabled={!foretold.isSuccess}>
          {t("playbooks.move")}
        </Button>
      }
    >
      <p>{t("playbooks.move_hint")}</p>
      {foretold.isPending && <CardSkeletons count={3} height={60} />}
      {foretold.isError && <ErrorNotice error={foretold.error} />}
      {foretold.isSuccess && <MovedSteps steps={foretold.data.steps} />}
    </Dialog>
  );
}
