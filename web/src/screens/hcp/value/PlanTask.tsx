import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { useCreateRecord } from "../../../api/records";
import type { Hcp } from "../../../api/shapes";
import { randomId } from "../../../lib/ids";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "./Value.module.css";

const days = 14;
const dayLength = 86_400_000;

/** What follows from where the doctor stands, begun by hand: a rule begins it only when somebody rises or falls. */
export function PlanTask({ plan, hcp }: { plan: "high" | "low"; hcp: Hcp }) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const create = useCreateRecord("task");
  const [key] = useState(randomId);
  if (!model.may("task", "create")) return null;
  const begin = () => {
    const values = {
      subject: t(`value.plan_${plan}`),
      body: t(`value.plan_${plan}_text`),
      hcp: hcp.id,
      owner: hcp.owner ?? me.id,
      due_at: new Date(Date.now() + days * dayLength).toISOString(),
    };
    create.mutate(
      { key, values },
      { onSuccess: () => toast({ text: t("value.plan_made") }), onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  };
  return (
    <div className={styles.plan}>
      <p>
        <b>{t(`value.plan_${plan}`)}</b>
        <br />
        {t(`value.plan_${plan}_text`)}
      </p>
      <Button variant="default" size="md" leftSection={<Icon name="task" />} onClick={begin} loading={create.isPending} disabled={create.isSuccess}>
        {t("value.plan_begin")}
      </Button>
    </div>
  );
}
