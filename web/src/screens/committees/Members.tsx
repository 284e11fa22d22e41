import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Meeting, Member } from "../../api/committees";
import { useMe, useModel } from "../../api/queries";
import { relativeDay } from "../../lib/dates";
import type { NameParts } from "../../lib/names";
import { Fact } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { TemperatureMark } from "../../ui/Temperature";
import styles from "./Committees.module.css";

/** Who decides: stance, weight, and whether they were met since the plan. */
export function Members({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { members, hidden } = meeting;
  if (members.length + hidden === 0) return null;
  return (
    <details className={styles.members}>
      <summary>{t("committees.members", { count: members.length + hidden })}</summary>
      <ul>
        {members.map((member) => (
          <MemberLine key={member.id} member={member} isOver={meeting.stage !== "ahead"} />
        ))}
      </ul>
      {hidden > 0 && <p className={styles.soft}>{t("committees.members_hidden", { count: hidden })}</p>}
    </details>
  );
}

function MemberLine({ member, isOver }: { member: Member; isOver: boolean }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const honorific = useHonorific();
  return (
    <li>
      <TemperatureMark code={member.temperature} />
      <div>
        <Link to="/hcp/$id" params={{ id: member.id }} className={styles.name} data-item>
          {honorific(member as NameParts & { kind?: unknown })}
        </Link>
        <p className={styles.facts}>
          {member.decision_role && <Fact>{model.choiceLabel("affiliation", "decision_role", member.decision_role)}</Fact>}
          <Fact icon="chat">
            {member.stance ? model.choiceLabel("affiliation", "stance", member.stance) : t("committees.stance_unknown")}
          </Fact>
          {member.influence && (
            <Fact icon="up">
              {t("hco.influence", { level: model.choiceLabel("hcp", "influence_on_doctors", member.influence) })}
            </Fact>
          )}
          {!isOver && member.contacted ? (
            <Fact icon="check" tone="good">
              {t("committees.met")}
            </Fact>
          ) : (
            <Fact icon="clock" {...(isOver ? {} : { tone: "soon" as const })}>
              {member.last_visit_at ? relativeDay(member.last_visit_at, i18n.language, me.zone) : t("today.no_visit")}
            </Fact>
          )}
        </p>
      </div>
    </li>
  );
}
