import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type Hcp } from "../../api/shapes";
import { formatDay, relativeDay } from "../../lib/dates";
import { Fact } from "../../ui/parts";
import { PersonName, PlaceLine } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./HcpHeader.module.css";
import { RecordVisit } from "./RecordVisit";
import { NextAction } from "./NextAction";
import { TemperatureCurve } from "./TemperatureCurve";

export function HcpHeader({ hcp }: { hcp: Hcp }) {
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <div className={styles.names}>
          <h1 className={styles.name}>
            <PersonName person={hcp} />
          </h1>
          <PlaceLine hcp={hcp} />
          <Facts hcp={hcp} />
        </div>
        <div className={styles.record}>
          <RecordVisit hcp={hcp.id} size="md" />
        </div>
      </div>
      <div className={styles.state}>
        <TemperatureNow hcp={hcp} />
        <NextAction hcp={hcp} />
      </div>
    </header>
  );
}

function Facts({ hcp }: { hcp: Hcp }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const owner = expanded(hcp, "owner")?.title;
  return (
    <p className={styles.facts}>
      {hcp.position && <Fact>{hcp.position}</Fact>}
      {hcp.tier && <Fact>{t("hcp.tier", { tier: hcp.tier })}</Fact>}
      {hcp.kol && <Fact>{t("hcp.kol")}</Fact>}
      {owner && <Fact icon="person">{t("hcp.owner", { name: owner })}</Fact>}
      {hcp.last_visit_at && (
        <Fact icon="clock">
          {t("today.last_visit", { when: relativeDay(hcp.last_visit_at, i18n.language, me.zone) })}
        </Fact>
      )}
    </p>
  );
}

/** The temperature, whether it rose or fell, and since when. */
function TemperatureNow({ hcp }: { hcp: Hcp }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const label = useModel().fieldLabel("hcp", "temperature");
  const direction = useDirection(hcp);
  return (
    <section className={styles.temperature} aria-label={label}>
      <p className={styles.label}>{label}</p>
      <p className={styles.now}>
        <TemperatureBadge code={hcp.temperature} large />
        {direction && (
          <Fact icon={direction === "warmer" ? "up" : direction === "colder" ? "down" : "level"}>
            {t(`hcp.${direction}`)}
          </Fact>
        )}
        {hcp.temperature_changed_at && (
          <Fact>{t("hcp.since", { when: formatDay(hcp.temperature_changed_at, i18n.language, me.zone) })}</Fact>
        )}
      </p>
      <TemperatureCurve hcp={hcp.id} />
    </section>
  );
}

function useDirection(hcp: Hcp): "warmer" | "colder" | "same" | null {
  const model = useModel();
  if (!hcp.temperature || !hcp.temperature_previous) return null;
  const now = model.rank("hcp", "temperature", hcp.temperature);
  const before = model.rank("hcp", "temperature", hcp.temperature_previous);
  if (now === null || before === null) return null;
  if (now === before) return "same";
  return now > before ? "warmer" : "colder";
}
