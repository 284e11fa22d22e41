import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEndPlan } from "../../api/handover";
import { useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";

/** For those who lead: the end of a plan, said to be complete or called off. Both can be taken back. */
export function EndPlan({ plan }: { plan: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const end = useEndPlan(plan.id);
  const [isAsking, setAsking] = useState(false);
  if (!model.may("handover_plan", "update") || plan["state"] !== "open") return null;
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const put = (state: "completed" | "cancelled") =>
    end.mutate(state, {
      onSuccess: () => {
        setAsking(false);
        toast({ text: t(`handover.is_${state}`), undo: () => end.mutate("open", { onError }) });
      },
      onError,
    });
  return (
    <>
      <Button size="md" leftSection={<Icon name="check" size={18} />} onClick={() => put("completed")} loading={end.isPending}>
        {t("handover.complete")}
      </Button>
      <Button size="md" variant="default" onClick={() => setAsking(true)}>
        {t("handover.cancel")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("handover.cancel_title")}
          confirm={t("handover.cancel")}
          onConfirm={() => put("cancelled")}
          close={() => setAsking(false)}
          pending={end.isPending}
          danger
        >
          {t("handover.cancel_text")}
        </ConfirmDialog>
      )}
    </>
  );
}
