import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chosen } from "../../api/handover";
import { useModel } from "../../api/queries";
import type { BulkChoice } from "../../list/BulkBar";
import { bodyOf } from "../../list/selection";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";

const StartDialog = lazy(() => import("./StartDialog").then(({ StartDialog }) => ({ default: StartDialog })));

interface HandOverProps {
  chosen: Chosen;
  count: number;
  look: "light" | "default";
  done?: () => void;
}

/** Begins a handover of these doctors; absent for those who make none. */
function HandOver({ chosen, count, look, done }: HandOverProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [isOpen, setOpen] = useState(false);
  if (!model.may("handover_plan", "create")) return null;
  return (
    <>
      <Button
        variant={look}
        size="md"
        leftSection={<Icon name="handover" size={18} />}
        onClick={() => setOpen(true)}
      >
        {t("handover.hand_over_to")}
      </Button>
      {isOpen && (
        <Suspense>
          <StartDialog title={t("handover.start_chosen", { count })} chosen={chosen} close={() => setOpen(false)} {...(done === undefined ? {} : { done })} />
        </Suspense>
      )}
    </>
  );
}

/** The rows chosen in a list of doctors. */
export function HandOverChosen({ list, selection, count, clear }: BulkChoice) {
  const { filter, q } = list.asked;
  return <HandOver chosen={{ records: bodyOf(selection), list: { filter, q } }} count={count} look="light" done={clear} />;
}

/** The doctor whose page it is, if somebody looks after them. */
export function HandOverOne({ hcp }: { hcp: { id: string; owner?: string | null } }) {
  if (!hcp.owner) return null;
  return <HandOver chosen={{ records: { ids: [hcp.id] }, list: {} }} count={1} look="default" />;
}
