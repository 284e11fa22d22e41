import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStageAgain, type Import, type UndoCounts } from "../../api/imports";
import { useMe } from "../../api/queries";
import { reachable, useHidden } from "../../lib/useHidden";
import { Button, ButtonAnchor } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { ErrorNotice, Section } from "../../ui/parts";
import { CountStats } from "./CountsText";
import styles from "./Imports.module.css";
import { RecordsLink } from "./RecordsLink";
import { UndoImport } from "./UndoImport";
import { useMoment } from "./useMoment";

/** What an import has done, and what can be done about it. */
export function Result({ record }: { record: Import }) {
  const { t } = useTranslation();
  const [isUndoing, setUndoing] = useState(false);
  const { counts, report } = record;
  const taken = (counts?.created ?? 0) + (counts?.updated ?? 0) > 0;
  const isBack = record.status === "undone" || record.status === "cancelled";
  const mayUndo = taken && (!isBack || (report?.undo?.refused ?? 0) > 0);
  return (
    <>
      <p>{t(sentences[record.status] ?? "imports.was_done")}</p>
      {counts && <CountStats counts={counts} tense="past" />}
      {report?.undo && isBack && <TakenBack undo={report.undo} />}
      <div className={styles.row}>
        {record.status === "done" && taken && <RecordsLink record={record} />}
        {record.rejected && (
          <ButtonAnchor
            href={`/api/v1/import/${record.id}/rejected`}
            download
            variant="default"
            size="md"
            leftSection={<Icon name="download" size={18} />}
          >
            {t("imports.get_rejected")}
          </ButtonAnchor>
        )}
        {mayUndo && (
          <Button variant="default" size="md" leftSection={<Icon name="undo" size={18} />} onClick={() => setUndoing(true)}>
            {t("imports.undo")}
          </Button>
        )}
        {record.file_kept && <Again id={record.id} />}
      </div>
      {isUndoing && <UndoImport id={record.id} close={() => setUndoing(false)} />}
      <Facts record={record} />
    </>
  );
}

const sentences: Record<string, "imports.was_done" | "imports.was_failed" | "imports.was_cancelled" | "imports.was_undone"> = {
  done: "imports.was_done",
  failed: "imports.was_failed",
  cancelled: "imports.was_cancelled",
  undone: "imports.was_undone",
};

function TakenBack({ undo }: { undo: UndoCounts }) {
  const { t } = useTranslation();
  const left = undo.changed_since + undo.refused;
  if (undo.removed + undo.reverted + left === 0) return null;
  return (
    <Section title={t("imports.taken_back")}>
      <ul className={styles.sentences}>
        {undo.removed > 0 && <li>{t("imports.undo_removed", { count: undo.removed })}</li>}
        {undo.reverted > 0 && <li>{t("imports.undo_reverted", { count: undo.reverted })}</li>}
        {left > 0 && <li>{t("imports.undo_left", { count: left })}</li>}
      </ul>
      {left > 0 && <Left undo={undo} />}
    </Section>
  );
}

/** The records that were not taken back, by name: a person may want to look at them. */
export function Left({ undo }: { undo: UndoCounts }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const hidden = useHidden(frame);
  return (
    <div ref={frame} className={styles.leftFrame} {...reachable(hidden, t("imports.undo_left", { count: undo.left.length }))}>
      <ul className={styles.left}>
        {undo.left.map((one) => (
          <li key={one.id}>
            {one.title || t("imports.hidden_record")}
            <span className={styles.quiet}>{t(one.why === "changed" ? "imports.left_changed" : "imports.left_refused")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Again({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const again = useStageAgain(id);
  const go = () =>
    again.mutate(undefined, { onSuccess: (record) => void navigate({ to: "/imports/$id", params: { id: record.id } }) });
  return (
    <>
      <Button variant="default" size="md" onClick={go} loading={again.isPending}>
        {t("imports.again")}
      </Button>
      {again.isError && <ErrorNotice error={again.error} />}
    </>
  );
}

function Facts({ record }: { record: Import }) {
  const { t } = useTranslation();
  const me = useMe();
  const moment = useMoment();
  const { report } = record;
  const facts = [
    [t("imports.who"), record.run_by === me.id ? t("imports.you") : (record.run_by_name ?? t("imports.program"))],
    [t("imports.when"), moment(record.run_at ?? record.created_at)],
    ...(record.finished_at ? [[t("imports.ended"), moment(record.finished_at)]] : []),
    ...(record.undone_at ? [[t("imports.undone_at"), moment(record.undone_at)]] : []),
    ...(report?.encoding ? [[t("imports.encoding"), report.encoding]] : []),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
