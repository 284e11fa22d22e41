import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { all, is, shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type Hcp } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { RelatedRecords } from "../../record/RelatedRecords";
import { Cards, Fact, Section } from "../../ui/parts";
import { PersonCard } from "../../ui/PersonCard";
import styles from "./Places.module.css";

/** Where the doctor works, with whom, to whom they refer, and what they are licensed for. */
export function Places({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  return (
    <div className={styles.places}>
      <RelatedRecords
        object="affiliation"
        title={t("places.affiliations")}
        icon="building"
        filter={is("hcp", hcp.id)}
        expand={["hco"]}
        fixed={{ hcp: hcp.id }}
        empty={t("places.affiliations_empty")}
      >
        {(affiliation) => <Affiliation affiliation={affiliation} />}
      </RelatedRecords>
      <Colleagues hcp={hcp} />
      <RelatedRecords
        object="referral"
        title={t("places.referrals")}
        icon="customers"
        filter={{ or: [is("from_hcp", hcp.id), is("to_hcp", hcp.id)] }}
        expand={["from_hcp", "to_hcp", "to_hco"]}
        fixed={{ from_hcp: hcp.id }}
        empty={t("places.referrals_empty")}
      >
        {(referral) => <Referral referral={referral} hcp={hcp.id} />}
      </RelatedRecords>
      <RelatedRecords
        object="licence"
        title={t("places.licences")}
        icon="check"
        filter={is("hcp", hcp.id)}
        expand={[]}
        fixed={{ hcp: hcp.id }}
        empty={t("places.licences_empty")}
      >
        {(licence) => <Licence licence={licence} />}
      </RelatedRecords>
    </div>
  );
}

/** `2014 – today`, as far as it is known. */
function usePeriod(): (from: unknown, to: unknown) => string | null {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const day = (value: unknown): string => (typeof value === "string" ? formatDay(value, i18n.language, me.zone) : "");
  return (from, to) => (from || to ? t("places.period", { from: day(from), to: to ? day(to) : t("places.now") }) : null);
}

function Affiliation({ affiliation }: { affiliation: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const period = usePeriod();
  const hco = expanded(affiliation, "hco");
  const decision = affiliation["decision_role"];
  const words = [
    affiliation["department"],
    model.choiceLabel("affiliation", "role", String(affiliation["role"])),
    typeof decision === "string" ? model.choiceLabel("affiliation", "decision_role", decision) : null,
    affiliation["primary"] === true ? t("places.primary") : null,
  ];
  return (
    <>
      {hco !== null && (
        <Link to="/hco/$id" params={{ id: hco.id }}>
          {hco.title}
        </Link>
      )}
      <p className={styles.words}>{words.filter(Boolean).join(" · ")}</p>
      <p className={styles.soft}>{period(affiliation["from"], affiliation["to"])}</p>
    </>
  );
}

function Referral({ referral, hcp }: { referral: AnyRecord; hcp: string }) {
  const { t } = useTranslation();
  const isFrom = referral["from_hcp"] === hcp;
  const other = expanded(referral, isFrom ? "to_hcp" : "from_hcp");
  const hco = expanded(referral, "to_hco");
  return (
    <>
      <p className={styles.soft}>{t(isFrom ? "places.refers_to" : "places.referred_by")}</p>
      {other !== null && (
        <Link to="/hcp/$id" params={{ id: other.id }}>
          {other.title}
        </Link>
      )}
      {hco !== null && (
        <p>
          <Link to="/hco/$id" params={{ id: hco.id }}>
            {hco.title}
          </Link>
        </p>
      )}
      <p className={styles.words}>{t("places.strength", { value: Math.round(Number(referral["strength"] ?? 0) * 100) })}</p>
    </>
  );
}

function Licence({ licence }: { licence: AnyRecord }) {
  const model = useModel();
  const period = usePeriod();
  const words = [licence["number"], licence["region"], licence["level"], period(licence["valid_from"], licence["valid_to"])];
  return (
    <>
      <b>{model.choiceLabel("licence", "kind", String(licence["kind"]))}</b>
      <p className={styles.words}>{words.filter(Boolean).join(" · ")}</p>
    </>
  );
}

const colleaguesShown = 12;

/** Whom one meets in the same corridor. */
function Colleagues({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const place = hcp.primary_hco ?? "";
  const filter = all(is("primary_hco", place), { "!=": [{ var: "id" }, hcp.id] });
  const colleagues = useQuery({
    ...shortListQuery("hcp", { filter, sort: "-last_visit_at", expand: ["primary_hco"], limit: colleaguesShown, total: true }),
    enabled: place !== "",
  });
  const items = colleagues.data?.items ?? [];
  if (place === "" || items.length === 0) return null;
  return (
    <Section title={t("places.colleagues")} icon="customers" count={colleagues.data?.total}>
      <Cards label={t("places.colleagues")}>
        {items.map((colleague) => (
          <PersonCard key={colleague.id} hcp={colleague}>
            {typeof colleague["position"] === "string" && (
              <p>
                <Fact>{colleague["position"]}</Fact>
              </p>
            )}
          </PersonCard>
        ))}
      </Cards>
      {(colleagues.data?.total ?? 0) > items.length && (
        <Link to="/hco/$id" params={{ id: place }} className={styles.all}>
          {t("places.all_colleagues")}
        </Link>
      )}
    </Section>
  );
}
