import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import type { Hcp } from "../../../api/shapes";
import { startPlaybook } from "../../../api/value";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "./Value.module.css";

const playbooks = { high: "consultant", low: "wake_up" } as const;

/** What follows from where the doctor stands, begun by hand: a rule begins it only when somebody rises or falls. */
export function PlanTask({ plan, hcp }: { plan: "high" | "low"; hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const start = useMutation({
    mutationFn: () => startPlaybook(hcp.id, playbooks[plan]),
    onSuccess: () => toast({ text: t("value.plan_made") }),
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
  });
  if (!model.may("playbook_run", "read")) return null;
  return (
    <div className={styles.plan}>
      <p>
        <b>{t(`value.plan_${plan}`)}</b>
        <br />
        {t(`value.plan_${plan}_text`)}
      </p>
      <Button variant="default" size="md" leftSection={<Icon name="task" />} onClick={() => start.mutate()} loading={start.isPending} disabled={start.isSuccess}>
        {t("value.plan_begin")}
      </Button>
    </div>
  );
}
