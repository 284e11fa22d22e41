import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InstitutionMap, Stakeholder } from "../../../api/hco";
import { useMe, useModel } from "../../../api/queries";
import { relativeDay } from "../../../lib/dates";
import type { NameParts } from "../../../lib/names";
import { useHonorific } from "../../../ui/PersonCard";
import { Table, type Column } from "../../../ui/Table";
import { TemperatureBadge } from "../../../ui/Temperature";
import { inOrder } from "./bands";
import { Influence } from "./Influence";
import { Marks } from "./MapPerson";
import styles from "./Map.module.css";

/** The same people line by line: by role in the order of the decision, then by weight. */
export function PeopleTable({ map }: { map: InstitutionMap }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const honorific = useHonorific();
  const order = map.roles.map(({ role }) => role);
  const place = ({ decision_role }: Stakeholder) => (order.indexOf(decision_role ?? "") + order.length + 1) % (order.length + 1);
  const people = inOrder(model, map.people).toSorted((a, b) => place(a) - place(b));
  const columns: Column<Stakeholder>[] = [
    {
      key: "who",
      head: t("hco.map_who"),
      cell: (person) => (
        <div className={styles.line}>
          <Link to="/hcp/$id" params={{ id: person.id }} className={styles.name} data-item>
            {honorific(person as NameParts & { kind?: unknown })}
          </Link>
          <p className={styles.soft}>
            {[model.choiceLabel("hcp", "kind", String(person.kind ?? "")), person.department].filter(Boolean).join(" · ")}
          </p>
        </div>
      ),
    },
    {
      key: "role",
      head: t("hco.map_role"),
      cell: (person) =>
        person.decision_role ? model.choiceLabel("affiliation", "decision_role", person.decision_role) : t("hco.role_unknown"),
    },
    {
      key: "temperature",
      head: model.fieldLabel("hcp", "temperature"),
      cell: (person) => (person.temperature ? <TemperatureBadge code={person.temperature} /> : t("hco.band_unknown")),
    },
    { key: "influence", head: t("hco.map_influence"), cell: (person) => <Influence person={person} plain /> },
    {
      key: "stance",
      head: model.fieldLabel("affiliation", "stance"),
      cell: (person) => (person.stance ? model.choiceLabel("affiliation", "stance", person.stance) : "–"),
    },
    {
      key: "last",
      head: model.fieldLabel("hcp", "last_visit_at"),
      cell: (person) =>
        person.last_visit_at ? (
          <span className={styles.day}>{relativeDay(person.last_visit_at, i18n.language, me.zone)}</span>
        ) : (
          t("today.no_visit")
        ),
    },
    { key: "owner", head: model.fieldLabel("hcp", "owner"), cell: (person) => person.owner_name ?? "–" },
    {
      key: "marks",
      head: t("hco.map_gaps"),
      cell: (person) => (
        <div className={person.marks.length > 0 ? styles.lineMarks : undefined}>
          <Marks marks={person.marks} />
        </div>
      ),
    },
  ];
  return <Table label={t("hco.map")} columns={columns} rows={people} rowKey={(person) => person.id} />;
}
