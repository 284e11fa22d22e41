import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { relativeDay } from "../../lib/dates";
import { DueFact } from "../../ui/DueFact";
import { Icon } from "../../ui/icons";
import { Fact } from "../../ui/parts";
import { PersonCard, useHonorific } from "../../ui/PersonCard";
import styles from "./HcpCard.module.css";

/** A doctor with the reason for standing in this list, and one tap to record a visit. */
export function HcpCard({ hcp, widget }: { hcp: AnyRecord; widget: string }) {
  return (
    <PersonCard hcp={hcp} action={<RecordLink hcp={hcp} />}>
      {hcp["next_action"] && changeShown[widget] === undefined ? <p className={styles.next}>{String(hcp["next_action"])}</p> : null}
      <p className={styles.facts}>
        <Change hcp={hcp} widget={widget} />
        {hcp["next_action_due"] && changeShown[widget] === undefined ? <DueFact due={String(hcp["next_action_due"])} /> : null}
        <LastVisit at={hcp["last_visit_at"] as string | null | undefined} />
      </p>
    </PersonCard>
  );
}

/** Lists about a change, and the field that holds the temperature before it. */
const changeShown: Record<string, string> = {
  temperature_alerts: "temperature_previous",
  temperature_after_reassignment: "temperature_at_reassignment",
};

/** From which temperature to which, where the list is about a change. */
function Change({ hcp, widget }: { hcp: AnyRecord; widget: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const field = changeShown[widget];
  const before = field === undefined ? null : hcp[field];
  const at = hcp["temperature_changed_at"] ?? hcp["owner_changed_at"];
  const owner = widget === "temperature_after_reassignment" ? expanded(hcp, "owner")?.title : undefined;
  if (typeof before !== "string") return null;
  const word = (code: unknown): string => model.choiceLabel("hcp", "temperature", String(code));
  return (
    <>
      <Fact icon="thermometer">
        {before === hcp["temperature"]
          ? `${word(before)} · ${t("hcp.same")}`
          : t("hcp.from_to", { from: word(before), to: word(hcp["temperature"]) })}
      </Fact>
      {typeof at === "string" && <Fact icon="clock">{relativeDay(at, i18n.language, me.zone)}</Fact>}
      {owner && <Fact icon="person">{t("team.now_with", { name: owner })}</Fact>}
    </>
  );
}

function LastVisit({ at }: { at: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (at === undefined) return null;
  const text = at === null ? t("today.no_visit") : t("today.last_visit", { when: relativeDay(at, i18n.language, me.zone) });
  return <Fact>{text}</Fact>;
}

function RecordLink({ hcp }: { hcp: AnyRecord }) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  const model = useModel();
  if (!model.may("visit", "create")) return null;
  return (
    <Link
      to="/hcp/$id/visit/new"
      params={{ id: hcp.id }}
      className={styles.record}
      aria-label={t("today.record_for", { name: honorific(hcp) })}
      title={t("today.record")}
    >
      <Icon name="pen" size={20} />
    </Link>
  );
}
