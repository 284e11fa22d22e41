import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { lastVisitsQuery, topicsQuery } from "../../api/day";
import { memosQuery, promisesQuery, signsQuery, useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type Hcp } from "../../api/shapes";
import { daysSince, formatDay, relativeDay } from "../../lib/dates";
import { DueFact } from "../../ui/DueFact";
import { Icon, type IconName } from "../../ui/icons";
import { CardSkeletons, EmptyState } from "../../ui/parts";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./Briefing.module.css";
import { byEffect, standing } from "./story/told";

/** What must not be said, before anything else and always in sight. */
export function Taboos({ hcp }: { hcp: string }) {
  const model = useModel();
  const memos = useQuery(memosQuery(hcp));
  const taboos = standing(memos.data?.items ?? []).filter((memo) => memo.kind === "taboo");
  if (taboos.length === 0) return null;
  const label = model.choiceLabel("memo", "kind", "taboo");
  return (
    <section className={styles.taboos} aria-label={label}>
      <p className={styles.tabooTitle}>
        <Icon name="warning" size={20} />
        {label}
      </p>
      <ul>
        {taboos.map((memo) => (
          <li key={memo.id}>{memo.text}</li>
        ))}
      </ul>
    </section>
  );
}

interface BriefingProps {
  hcp: Hcp;
  /** Promises and signs too, where the page does not show them beside. */
  whole?: boolean;
}

/** Before you go in: what was said last, what is open, what resonated, who else was here. */
export function Briefing({ hcp, whole = false }: BriefingProps) {
  const { t } = useTranslation();
  const visits = useQuery(lastVisitsQuery(hcp.id));
  const memos = useQuery(memosQuery(hcp.id));
  if (visits.isPending || memos.isPending) return <CardSkeletons count={1} height={200} />;
  const items = visits.data?.items ?? [];
  const last = items[0];
  return (
    <section className={styles.brief} aria-label={t("brief.title")}>
      {last === undefined ? <EmptyState icon="meet">{t("brief.no_visit")}</EmptyState> : <LastVisit visit={last} />}
      {whole && <OpenPromises hcp={hcp.id} />}
      {whole && <OpenSigns hcp={hcp.id} />}
      <AcceptedNeeds hcp={hcp} />
      <Resonated hcp={hcp} />
      <Others visits={items} />
    </section>
  );
}

function Part({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>
        <Icon name={icon} size={16} />
        {title}
      </h3>
      {children}
    </div>
  );
}

function LastVisit({ visit }: { visit: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const topics = useQuery(topicsQuery(visit.id)).data?.items ?? [];
  const at = String(visit["held_at"] ?? "");
  const said = visit["discussion"] ?? visit["quick_note"];
  const facts = [
    formatDay(at, i18n.language, me.zone),
    model.choiceLabel("visit", "channel", String(visit["channel"])),
    expanded(visit, "owner")?.title,
  ];
  return (
    <Part icon="clock" title={t("brief.last", { when: relativeDay(at, i18n.language, me.zone) })}>
      <p className={styles.meta}>
        <Link to="/visit/$id" params={{ id: visit.id }}>
          {facts.filter(Boolean).join(" · ")}
        </Link>
        {typeof visit["temperature"] === "string" && <TemperatureBadge code={visit["temperature"]} />}
      </p>
      {said ? <p className={styles.said}>{String(said)}</p> : null}
      {topics.length > 0 && (
        <ul className={styles.topics}>
          {topics.map((topic) => (
            <li key={topic.id} data-open={topic["state"] === "open" || undefined}>
              <b>{model.choiceLabel("topic", "kind", String(topic["kind"]))}</b> {String(topic["text"])}
              {topic["state"] === "open" && <span className={styles.open}>{model.choiceLabel("topic", "state", "open")}</span>}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function OpenPromises({ hcp }: { hcp: string }) {
  const { t } = useTranslation();
  const promises = useQuery(promisesQuery(hcp)).data?.items ?? [];
  if (promises.length === 0) return null;
  return (
    <Part icon="promise" title={t("hcp.promises")}>
      <ul className={styles.lines}>
        {promises.map((promise) => (
          <li key={promise.id}>
            {promise.deliverable} {promise.due_at && <DueFact due={promise.due_at} />}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function OpenSigns({ hcp }: { hcp: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const signs = useQuery(signsQuery(hcp)).data?.items ?? [];
  if (signs.length === 0) return null;
  return (
    <Part icon="flag" title={t("hcp.signs")}>
      <ul className={styles.lines}>
        {signs.map((sign) => (
          <li key={sign.id}>
            {model.choiceLabel("sign", "kind", sign.kind ?? "")}{" "}
            <span className={styles.soft}>{sign.seen_at && relativeDay(sign.seen_at, i18n.language, me.zone)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What weighs on the doctor, and what follows from it for this visit. */
function AcceptedNeeds({ hcp }: { hcp: Hcp }) {
  const model = useModel();
  const needs = hcp.needs ?? [];
  if (needs.length === 0) return null;
  return (
    <Part icon="info" title={model.fieldLabel("hcp", "needs")}>
      <ul className={styles.lines}>
        {needs.map((code) => (
          <li key={code}>
            <b>{model.choiceLabel("need", "kind", code)}</b> <span className={styles.soft}>{model.choiceHelp("need", "kind", code)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const resonatedShown = 3;

/** The words that worked, by what they did. */
function Resonated({ hcp }: { hcp: Hcp }) {
  const model = useModel();
  const memos = standing(useQuery(memosQuery(hcp.id)).data?.items ?? []).filter((memo) => memo.kind === "resonated");
  const groups = byEffect(memos, model.choices("memo", "effect").map((choice) => choice.code));
  if (memos.length === 0 && !hcp.resonating_phrases) return null;
  return (
    <Part icon="quote" title={model.choiceLabel("memo", "kind", "resonated")}>
      {hcp.resonating_phrases && <p className={styles.said}>{hcp.resonating_phrases}</p>}
      {groups.map(({ effect, memos: of }) => (
        <div key={effect ?? ""}>
          {effect !== null && <p className={styles.soft}>{model.choiceLabel("memo", "effect", effect)}</p>}
          <ul className={styles.quotes}>
            {of.slice(0, resonatedShown).map((memo) => (
              <li key={memo.id}>{memo.text}</li>
            ))}
          </ul>
        </div>
      ))}
    </Part>
  );
}

const recentDays = 90;

/** Colleagues who saw the doctor lately: nobody wants to tell the same story twice. */
function Others({ visits }: { visits: AnyRecord[] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const seen = new Map<string, string>();
  for (const visit of visits) {
    const owner = expanded(visit, "owner");
    const at = visit["held_at"];
    if (owner === null || owner.id === me.id || typeof at !== "string" || seen.has(owner.title ?? "")) continue;
    if ((daysSince(at, me.zone) ?? 0) <= recentDays) seen.set(owner.title ?? "", at);
  }
  if (seen.size === 0) return null;
  const names = [...seen].map(([name, at]) => t("brief.other", { name, when: relativeDay(at, i18n.language, me.zone) }));
  return (
    <Part icon="customers" title={t("brief.others")}>
      <p>{names.join(t("brief.and"))}</p>
    </Part>
  );
}
