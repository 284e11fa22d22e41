import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type Hco } from "../../api/shapes";
import { daysBetween, formatDay, today } from "../../lib/dates";
import { Icon } from "../../ui/icons";
import { Fact } from "../../ui/parts";
import styles from "./HcoPage.module.css";
import { InstitutionTemperature } from "./InstitutionTemperature";

interface HcoHeaderProps {
  hco: Hco;
  /** Beside a list: opens the fields there. The name is then a heading below that of the screen. */
  onProfile?: () => void;
}

export function HcoHeader({ hco, onProfile }: HcoHeaderProps) {
  const Heading = onProfile === undefined ? "h1" : "h2";
  const { t } = useTranslation();
  const model = useModel();
  const parent = expanded(hco, "parent");
  const owner = expanded(hco, "owner")?.title;
  const place = [hco.prefecture, hco.city, hco.address].filter(Boolean).join(" ");
  return (
    <header className={styles.header}>
      <div>
        <Heading className={styles.name}>{hco.title}</Heading>
        <p className={styles.facts}>
          {hco.kind && <Fact icon="building">{model.choiceLabel("hco", "kind", hco.kind)}</Fact>}
          {place !== "" && <Fact>{place}</Fact>}
          {owner && <Fact icon="person">{t("hcp.owner", { name: owner })}</Fact>}
          {hco.phone && (
            <a className={styles.phone} href={`tel:${hco.phone.replace(/[^+\d]/g, "")}`}>
              <Icon name="phone" size={15} />
              {hco.phone}
            </a>
          )}
        </p>
        {parent !== null && (
          <p className={styles.facts}>
            <Link to="/hco/$id" params={{ id: parent.id }} className={styles.phone}>
              {t("hco.part_of", { name: parent.title })}
            </Link>
          </p>
        )}
      </div>
      <div className={styles.state}>
        <InstitutionTemperature hco={hco} />
        <Committee hco={hco} onProfile={onProfile} />
      </div>
    </header>
  );
}

/** The drug committee, counted down in days. */
function Committee({ hco, onProfile }: { hco: Hco; onProfile: HcoHeaderProps["onProfile"] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const on = hco.next_committee_on;
  const days = on ? daysBetween(today(me.zone), on) : null;
  return (
    <section className={styles.box} aria-label={model.fieldLabel("hco", "next_committee_on")}>
      <p className={styles.label}>{model.fieldLabel("hco", "next_committee_on")}</p>
      {on && days !== null ? (
        <p>
          <b className={styles.days}>{days < 0 ? t("hco.committee_past") : t("hco.committee_days", { count: days })}</b>
          <span className={styles.soft}>{formatDay(on, i18n.language, me.zone)}</span>
        </p>
      ) : (
        <p className={styles.soft}>{t("hco.committee_none")}</p>
      )}
      {onProfile === undefined ? (
        <Link to="." search={{ view: "profile" } as never} className={styles.change} resetScroll={false}>
          {t("app.edit")}
        </Link>
      ) : (
        <button type="button" className={styles.change} onClick={onProfile}>
          {t("app.edit")}
        </button>
      )}
    </section>
  );
}
