import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chosen } from "../../api/handover";
import { useModel } from "../../api/queries";
import type { BulkChoice } from "../../list/BulkBar";
import { bodyOf } from "../../list/selection";
import { ActionIcon, Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import styles from "./Handover.module.css";

const StartDialog = lazy(() => import("./StartDialog").then(({ StartDialog }) => ({ default: StartDialog })));

interface HandOverProps {
  chosen: Chosen;
  count: number;
  /** Among the words of a bar, or a sign beside others on a page. */
  look: "words" | "sign";
  done?: () => void;
}

/** Begins a handover of these doctors; absent for those who make none. */
function HandOver({ chosen, count, look, done }: HandOverProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [isOpen, setOpen] = useState(false);
  if (!model.may("handover_plan", "create")) return null;
  const label = t("handover.hand_over_to");
  const open = () => setOpen(true);
  return (
    <>
      {look === "words" ? (
        <Button variant="light" size="compact-md" className={styles.inBar} leftSection={<Icon name="handover" size={18} />} onClick={open}>
          {label}
        </Button>
      ) : (
        <ActionIcon variant="default" onClick={open} aria-label={label} title={label}>
          <Icon name="handover" />
        </ActionIcon>
      )}
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
  return <HandOver chosen={{ records: bodyOf(selection), list: { filter, q } }} count={count} look="words" done={clear} />;
}

/** The doctor whose page it is, if somebody looks after them. */
export function HandOverOne({ hcp }: { hcp: { id: string; owner?: string | null } }) {
  if (!hcp.owner) return null;
  return <HandOver chosen={{ records: { ids: [hcp.id] }, list: {} }} count={1} look="sign" />;
}
