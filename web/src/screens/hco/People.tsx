import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { stakeholdersQuery, type Stakeholder } from "../../api/hco";
import type { Model } from "../../api/model";
import { useMe, useModel } from "../../api/queries";
import { expanded } from "../../api/shapes";
import { daysSince, relativeDay } from "../../lib/dates";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Fact } from "../../ui/parts";
import { PersonCard } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./HcoPage.module.css";

/** Who decides first, then whose word weighs more, then who was seen last. */
function inOrder(model: Model, people: Stakeholder[]): Stakeholder[] {
  const roles = model.choices("affiliation", "decision_role").map((choice) => choice.code);
  const role = ({ affiliation }: Stakeholder): number => {
    const index = roles.indexOf(String(affiliation?.["decision_role"]));
    return index < 0 ? roles.length : index;
  };
  const weight = ({ person }: Stakeholder): number =>
    model.rank("hcp", "influence_on_doctors", String(person["influence_on_doctors"])) ?? 0;
  const seen = ({ person }: Stakeholder): string => String(person["last_visit_at"] ?? "");
  return [...people].sort((a, b) => role(a) - role(b) || weight(b) - weight(a) || seen(b).localeCompare(seen(a)));
}

/** The people of the institution with their stance: role in the decision, temperature, influence, last contact. */
export function People({ hco }: { hco: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const people = useQuery(stakeholdersQuery(hco));
  if (people.isPending) return <CardSkeletons count={4} height={104} />;
  if (people.isError) return <ErrorNotice error={people.error} retry={() => void people.refetch()} />;
  if (people.data.people.length === 0) return <EmptyState icon="customers">{t("hco.people_empty")}</EmptyState>;
  return (
    <>
      <Cards label={t("hco.people")}>
        {inOrder(model, people.data.people).map((one) => (
          <PersonLine key={one.person.id} one={one} />
        ))}
      </Cards>
      {people.data.beyond > 0 && <p className={styles.soft}>{t("hco.beyond", { count: people.data.beyond })}</p>}
    </>
  );
}

const quietDays = 60;

function PersonLine({ one: { person, affiliation, counts } }: { one: Stakeholder }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const decision = affiliation?.["decision_role"];
  const influence = person["influence_on_doctors"];
  const last = person["last_visit_at"];
  const isQuiet = typeof last !== "string" || (daysSince(last, me.zone) ?? 0) >= quietDays;
  const where = [affiliation?.["department"] ?? person["department"], person["position"]].filter(Boolean).join(" · ");
  const owner = expanded(person, "owner")?.title;
  return (
    <PersonCard hcp={{ ...person, department: where }}>
      <p className={styles.stance}>
        {typeof decision === "string" && (
          <b className={styles.role}>{model.choiceLabel("affiliation", "decision_role", decision)}</b>
        )}
        <TemperatureBadge code={person["temperature"] as string | null} />
        {typeof influence === "string" && (
          <Fact icon="up">
            {t("hco.influence", { level: model.choiceLabel("hcp", "influence_on_doctors", influence) })}
          </Fact>
        )}
      </p>
      <p className={styles.stance}>
        <Fact icon="clock" {...(isQuiet ? { tone: "soon" as const } : {})}>
          {typeof last === "string"
            ? t("today.last_visit", { when: relativeDay(last, i18n.language, me.zone) })
            : t("today.no_visit")}
        </Fact>
        {owner && <Fact icon="person">{owner}</Fact>}
        {!counts && <Fact>{t("hco.elsewhere")}</Fact>}
      </p>
    </PersonCard>
  );
}
