import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Stakeholder } from "../../../api/hco";
import { useMe, useModel } from "../../../api/queries";
import { relativeDay } from "../../../lib/dates";
import type { NameParts } from "../../../lib/names";
import { Fact } from "../../../ui/parts";
import { useHonorific } from "../../../ui/PersonCard";
import { TemperatureMark } from "../../../ui/Temperature";
import { Influence } from "./Influence";
import styles from "./Map.module.css";

/** Somebody in the map: who, how warm, how weighty, met when and by whom, and what is missing. */
export function MapPerson({ person }: { person: Stakeholder }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const honorific = useHonorific();
  const what = [model.choiceLabel("hcp", "kind", String(person.kind ?? "")), person.position].filter(Boolean).join(" · ");
  return (
    <div className={styles.person}>
      <p className={styles.who}>
        <TemperatureMark code={person.temperature} />
        <Link to="/hcp/$id" params={{ id: person.id }} className={styles.name} data-item>
          {honorific(person as NameParts & { kind?: unknown })}
        </Link>
      </p>
      <p className={styles.soft}>{what}</p>
      <p className={styles.facts}>
        <Influence person={person} />
        {person.stance && <Fact icon="chat">{model.choiceLabel("affiliation", "stance", person.stance)}</Fact>}
        <Fact icon="clock">
          {person.last_visit_at ? relativeDay(person.last_visit_at, i18n.language, me.zone) : t("today.no_visit")}
        </Fact>
        {person.owner_name && <Fact icon="person">{person.owner_name}</Fact>}
        {!person.main && <Fact icon="building">{t("hco.elsewhere")}</Fact>}
      </p>
      <Marks marks={person.marks} />
    </div>
  );
}

/** What the definition of the map says is to be noticed. */
export function Marks({ marks }: { marks: string[] }) {
  const model = useModel();
  if (marks.length === 0) return null;
  return (
    <p className={styles.marks}>
      {marks.map((mark) => (
        <Fact key={mark} icon="warning" tone="soon">
          {model.markLabel("hcp", mark)}
        </Fact>
      ))}
    </p>
  );
}
