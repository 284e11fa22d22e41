import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/committees";
import { useMe, useModel } from "../../api/queries";
import { formatDay } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Badge, type Tone } from "../../ui/marks";
import { Meter } from "../../ui/Meter";
import { Fact } from "../../ui/parts";
import { TemperatureMark } from "../../ui/Temperature";
import styles from "./Committees.module.css";
import { Members } from "./Members";
import { OutcomeDialog } from "./OutcomeDialog";

/** One meeting: when, where, how far its preparation is, who sits on it, and what came of it. */
export function MeetingCard({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [isRecording, setRecording] = useState(false);
  const { hco } = meeting;
  const mayRecord = model.may("committee", "update") && meeting.days <= 0;
  return (
    <li className={styles.card}>
      <p className={styles.when}>
        <b>{meeting.days < 0 ? t("committees.ago", { count: -meeting.days }) : t("hco.committee_days", { count: meeting.days })}</b>
        <span className={styles.soft}>{formatDay(meeting.held_on, i18n.language, me.zone)}</span>
      </p>
      <p className={styles.where}>
        <TemperatureMark code={hco.temperature} />
        <Link to="/hco/$id" params={{ id: hco.id }} className={styles.name} data-item>
          {hco.title}
        </Link>
      </p>
      <p className={styles.facts}>
        {hco.kind && <Fact icon="building">{model.choiceLabel("hco", "kind", hco.kind)}</Fact>}
        {hco.owner_name ? <Fact icon="person">{hco.owner_name}</Fact> : <Fact icon="warning" tone="soon">{t("committees.no_owner")}</Fact>}
        {meeting.product_name && <Fact icon="product">{meeting.product_name}</Fact>}
      </p>
      {meeting.stage === "ahead" ? <Preparation meeting={meeting} /> : <Outcome meeting={meeting} />}
      <Members meeting={meeting} />
      {mayRecord && (
        <Button
          variant={meeting.stage === "waiting" ? "filled" : "subtle"}
          size="sm"
          leftSection={<Icon name="pen" size={16} />}
          onClick={() => setRecording(true)}
          aria-label={t("committees.record_of", { hco: hco.title })}
        >
          {t(meeting.outcome ? "committees.change_outcome" : "committees.record")}
        </Button>
      )}
      {isRecording && <OutcomeDialog meeting={meeting} close={() => setRecording(false)} />}
    </li>
  );
}

/** Whether the plan is there, and how many of those who decide were met since. */
function Preparation({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { plan, contacted, all } = meeting;
  const day = (value: string) => formatDay(value, i18n.language, me.zone);
  return (
    <>
      <p className={styles.facts}>
        {plan ? (
          <Fact icon={plan.done ? "check" : "task"} {...(plan.done ? { tone: "good" as const } : {})}>
            {t(plan.done ? "committees.plan_done" : "committees.plan_open", { day: day(plan.made_at) })}
          </Fact>
        ) : (
          <Fact icon="clock">{t("committees.plan_from", { day: day(meeting.plan_from) })}</Fact>
        )}
      </p>
      {all === 0 && (
        <p>
          <Badge tone="warn" icon="warning">
            {t("committees.no_members")}
          </Badge>
        </p>
      )}
      {/* Before the time from which contacts count there is nothing to count. */}
      {all > 0 && Date.parse(meeting.contacts_since) <= Date.now() && (
        <p className={styles.coverage}>
          <span>{t("committees.contacted", { contacted, all, day: day(meeting.contacts_since) })}</span>
          <Meter value={contacted} max={all} aria-label={t("committees.coverage")} />
        </p>
      )}
    </>
  );
}

const tones: Record<string, Tone> = { adopted: "good", conditional: "good", deferred: "info", rejected: "danger" };

function Outcome({ meeting: { outcome, review } }: { meeting: Meeting }) {
  const model = useModel();
  return (
    <>
      {outcome && (
        <p>
          <Badge tone={tones[outcome] ?? "plain"}>{model.choiceLabel("committee", "outcome", outcome)}</Badge>
        </p>
      )}
      {review && <p className={styles.review}>{review}</p>}
    </>
  );
}
