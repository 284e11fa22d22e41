import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMarkComplete, useMarkRead, type HandoverDoctor, type MemoKind } from "../../api/handover";
import { useMe, useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Badge } from "../../ui/marks";
import { Fact, useErrorText } from "../../ui/parts";
import { TemperatureBadge } from "../../ui/Temperature";
import { useToast } from "../../ui/Toasts";
import styles from "./Handover.module.css";
import type { Part } from "./PlanPage";
import { WriteMemo } from "./WriteMemo";

interface DoctorCardProps {
  plan: AnyRecord;
  doctor: HandoverDoctor;
  part: Part;
}

/** One doctor of a plan: what is still missing, to be written here, and whether it was read. */
export function DoctorCard({ plan, doctor, part }: DoctorCardProps) {
  const { t } = useTranslation();
  const now = doctor.now ?? {};
  const isOpen = plan["state"] === "open";
  const [written, setWritten] = useState<MemoKind | null>(null);
  const missing = doctor.missing ?? [];
  const writes = part === "predecessor" && isOpen;
  const saved = (kind: MemoKind) => setWritten(missing.find((one) => one !== kind) ?? null);
  return (
    <li className={styles.card} data-handover={doctor.id}>
      <div className={styles.cardHead}>
        <Link to="/handover/$plan/$handover/pack" params={{ plan: plan.id, handover: doctor.id }} className={styles.cardName} data-item>
          {t("honorific.unknown", { name: doctor.doctor ?? "–" })}
        </Link>
        <Marks doctor={doctor} />
      </div>
      <p className={styles.facts}>
        {now.tier && <Fact>{t("hcp.tier", { tier: now.tier })}</Fact>}
        {now.temperature && <TemperatureBadge code={now.temperature} />}
        {now.institution && <Fact icon="building">{now.institution}</Fact>}
        {(now.promises ?? 0) > 0 && <Fact icon="promise">{t("handover.open_promises", { count: now.promises })}</Fact>}
      </p>
      {missing.length > 0 && <Missing kinds={missing} chosen={written} choose={writes ? setWritten : null} doctor={doctor.doctor ?? ""} />}
      {writes && written !== null && (
        <WriteMemo key={written} plan={plan.id} handover={doctor.id} kind={written} saved={() => saved(written)} close={() => setWritten(null)} />
      )}
      <div className={styles.cardActions}>
        {writes && written === null && <WriterActions plan={plan.id} doctor={doctor} write={setWritten} />}
        {part === "successor" && doctor.read_at === null && <ReaderActions plan={plan.id} doctor={doctor} />}
      </div>
    </li>
  );
}

/** How far this doctor's handover has come. */
function Marks({ doctor }: { doctor: HandoverDoctor }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  return (
    <span className={styles.marks}>
      {doctor.memo_complete === true && (
        <Badge tone="good" icon="check">
          {t("handover.is_written")}
        </Badge>
      )}
      {doctor.read_at !== null && (
        <Badge tone="good" icon="check">
          {t("handover.read_on", { when: formatDay(doctor.read_at, i18n.language, me.zone) })}
        </Badge>
      )}
    </span>
  );
}

interface MissingProps {
  kinds: MemoKind[];
  chosen: MemoKind | null;
  /** Null for those who only look. */
  choose: ((kind: MemoKind) => void) | null;
  doctor: string;
}

/** The kinds of memos that nobody has written; for the predecessor each is where one begins to write it. */
function Missing({ kinds, chosen, choose, doctor }: MissingProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div className={styles.missing} role="group" aria-label={t("handover.missing_of", { name: doctor })}>
      <span className={styles.missingLabel}>{t("handover.missing")}</span>
      {kinds.map((kind) =>
        choose === null ? (
          <Badge key={kind} tone="warn">
            {model.choiceLabel("memo", "kind", kind)}
          </Badge>
        ) : (
          <Button
            key={kind}
            variant={kind === chosen ? "filled" : "light"}
            size="sm"
            className={styles.kind}
            leftSection={<Icon name="pen" size={15} />}
            onClick={() => choose(kind)}
            aria-expanded={kind === chosen}
          >
            {model.choiceLabel("memo", "kind", kind)}
          </Button>
        ),
      )}
    </div>
  );
}

function WriterActions({ plan, doctor, write }: { plan: string; doctor: HandoverDoctor; write: (kind: MemoKind) => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const mark = useMarkComplete(plan);
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  const complete = () =>
    mark.mutate(
      { id: doctor.id, complete: true },
      {
        onSuccess: () =>
          toast({
            text: t("handover.marked_complete", { name: doctor.doctor }),
            undo: () => mark.mutate({ id: doctor.id, complete: false }, { onError }),
          }),
        onError,
      },
    );
  return (
    <>
      <Button variant="subtle" size="sm" className={styles.tool} leftSection={<Icon name="plus" size={16} />} onClick={() => write("story")}>
        {t("handover.add_story")}
      </Button>
      {doctor.memo_complete !== true && (
        <Button variant="subtle" color="gray" size="sm" className={styles.tool} onClick={complete} loading={mark.isPending}>
          {t("handover.nothing_more")}
        </Button>
      )}
    </>
  );
}

function ReaderActions({ plan, doctor }: { plan: string; doctor: HandoverDoctor }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const read = useMarkRead(plan);
  const press = () => read.mutate(doctor.id, { onError: (error) => toast({ text: textOf(error), tone: "bad" }) });
  return (
    <Button variant="light" size="sm" className={styles.tool} onClick={press} loading={read.isPending} aria-label={t("handover.mark_read_of", { name: doctor.doctor })}>
      {t("handover.mark_read")}
    </Button>
  );
}
