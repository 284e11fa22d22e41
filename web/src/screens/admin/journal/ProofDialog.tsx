import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { proofQuery, type JournalProof } from "../../../api/journal";
import { useWhen } from "../../../record/HistoryList";
import { CopyButton } from "../../../ui/CopyButton";
import { Dialog } from "../../../ui/Dialog";
import { Badge } from "../../../ui/marks";
import { ErrorNotice, RowSkeletons } from "../../../ui/parts";
import styles from "./Journal.module.css";

/** Whether an entry is as it was written: in plain words, and for those who check it themselves in full. */
export function ProofDialog({ position, close }: { position: number; close: () => void }) {
  const { t } = useTranslation();
  const proof = useQuery(proofQuery(position));
  return (
    <Dialog title={t("journal.proof_title", { position })} close={close}>
      {proof.isPending && <RowSkeletons count={4} />}
      {proof.isError && <ErrorNotice error={proof.error} retry={() => void proof.refetch()} />}
      {proof.isSuccess && <Proof proof={proof.data} />}
    </Dialog>
  );
}

function Proof({ proof }: { proof: JournalProof }) {
  const { t } = useTranslation();
  const { verified, checkpoint, holds } = proof;
  return (
    <>
      <p className={styles.verdict} role="status">
        <Badge tone={holds ? "good" : "danger"} icon={holds ? "check" : "warning"}>
          {t(holds ? "journal.proof_holds" : "journal.proof_broken")}
        </Badge>
      </p>
      <ul className={styles.steps}>
        <li>{t(verified.entry ? "journal.proof_entry_ok" : "journal.proof_entry_bad")}</li>
        <li>{t(verified.chain ? "journal.proof_chain_ok" : "journal.proof_chain_bad", { count: verified.entries })}</li>
        <li>
          {checkpoint === null
            ? t("journal.proof_unsigned")
            : t(verified.signature === true ? "journal.proof_signed" : "journal.proof_signature_bad")}
          {checkpoint !== null && <SignedAt at={checkpoint.at} />}
        </li>
        {checkpoint?.own_key === false && <li>{t("journal.proof_other_key")}</li>}
      </ul>
      <details className={styles.details}>
        <summary>{t("journal.proof_details")}</summary>
        <p>{t("journal.proof_details_help")}</p>
        <dl>
          <dt>{t("journal.proof_hash")}</dt>
          <dd>{proof.entry.hash}</dd>
          <dt>{t("journal.proof_previous")}</dt>
          <dd>{proof.previous_hash}</dd>
          {checkpoint !== null && (
            <>
              <dt>{t("journal.proof_checkpoint", { position: checkpoint.position })}</dt>
              <dd>{checkpoint.hash}</dd>
              <dt>{t("journal.proof_signature")}</dt>
              <dd>{checkpoint.signature}</dd>
              <dt>{t("journal.proof_key")}</dt>
              <dd>{checkpoint.public_key}</dd>
            </>
          )}
        </dl>
        <CopyButton text={JSON.stringify(proof, null, 2)} label={t("journal.proof_copy")} />
      </details>
    </>
  );
}

function SignedAt({ at }: { at: string }) {
  const { t } = useTranslation();
  return <> {t("journal.proof_signed_at", { when: useWhen(at) })}</>;
}
