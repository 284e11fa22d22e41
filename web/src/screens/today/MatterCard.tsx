import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { recordAddress } from "../../lib/recordAddress";
import { DueFact } from "../../ui/DueFact";
import { Fact } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import styles from "./MatterCard.module.css";

interface MatterCardProps {
  object: "playbook_step" | "marketing_request";
  record: AnyRecord;
}

/** A step of a playbook that is behind, or what somebody asks of marketing: what, for whom, by whom, since when. */
export function MatterCard({ object, record }: MatterCardProps) {
  const { i18n } = useTranslation();
  const { zone } = useMe();
  const model = useModel();
  const honorific = useHonorific();
  const hcp = expanded(record, "hcp");
  const isStep = object === "playbook_step";
  const person = expanded(record, isStep ? "owner" : "asker")?.title;
  const title = String(record[isStep ? "name" : "need"] ?? record.title ?? "");
  const state = isStep ? model.choiceLabel(object, "playbook", String(record["playbook"])) : model.choiceLabel(object, "state", String(record["state"]));
  const due = record[isStep ? "due_at" : "wanted_by"];
  return (
    <li className={styles.card} data-id={record.id}>
        <p className={styles.title}>{isStep ? title : <Link to={recordAddress(object, record.id) as "/"}>{title}</Link>}</p>
        <p className={styles.facts}>
          {hcp !== null && (
            <Link to="/hcp/$id" params={{ id: hcp.id }} search={isStep ? { view: "playbooks" } : {}} className={styles.person}>
              {honorific(hcp)}
            </Link>
          )}
          <Fact icon={isStep ? "plan" : "flag"}>{state}</Fact>
          {person !== undefined && <Fact icon="person">{person}</Fact>}
          {typeof due === "string" && <DueFact due={due} />}
          {!isStep && typeof record["asked_at"] === "string" && <Fact icon="clock">{formatDay(record["asked_at"], i18n.language, zone)}</Fact>}
        </p>
    </li>
  );
}
