import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type Hcp } from "../../api/shapes";
import { HandOverOne } from "../handover/HandOverChosen";
import { formatDay, relativeDay } from "../../lib/dates";
import { ActionIcon, Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { DirectionWord } from "../../ui/Direction";
import { Fact } from "../../ui/parts";
import { PersonName } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import { Taboos } from "./Briefing";
import styles from "./HcpHeader.module.css";
import { RecordVisit } from "./RecordVisit";
import { NextAction } from "./NextAction";
import { TemperatureCurve } from "./TemperatureCurve";
import { WarningFacts } from "./WarningFacts";

const PlanDialog = lazy(() => import("../../ui/PlanDialog").then(({ PlanDialog }) => ({ default: PlanDialog })));

interface HcpHeaderProps {
  hcp: Hcp;
  /** Beside a list, whose heading is that of the screen, the name is one of the second level. */
  heading?: "h1" | "h2";
}

export function HcpHeader({ hcp, heading: Heading = "h1" }: HcpHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <div className={styles.names}>
          <Heading className={styles.name}>
            <PersonName person={hcp} />
          </Heading>
          <Place hcp={hcp} />
          <Facts hcp={hcp} />
        </div>
        <div className={styles.tools}>
          <PlanButton hcp={hcp} />
          <HandOverOne hcp={hcp} />
          <PrintButton />
          <div className={styles.record}>
            <RecordVisit hcp={hcp.id} size="md" />
          </div>
        </div>
      </div>
      <Taboos hcp={hcp.id} />
      <div className={styles.state}>
        <TemperatureNow hcp={hcp} />
        <NextAction hcp={hcp} />
      </div>
    </header>
  );
}

/** Where the doctor works; the institution has a page of its own. */
function Place({ hcp }: { hcp: Hcp }) {
  const hco = expanded(hcp, "primary_hco");
  return (
    <p className={styles.place}>
      {hco !== null && (
        <Link to="/hco/$id" params={{ id: hco.id }}>
          {hco.title}
        </Link>
      )}
      {[hcp.department, hcp.position].filter(Boolean).join(" · ")}
    </p>
  );
}

function PlanButton({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const [isPlanning, setPlanning] = useState(false);
  if (!model.may("visit", "create") && !model.may("hcp", "update")) return null;
  return (
    <>
      <Button variant="default" size="md" leftSection={<Icon name="plan" />} onClick={() => setPlanning(true)}>
        {t("today.plan")}
      </Button>
      {isPlanning && (
        <Suspense>
          <PlanDialog hcp={hcp as unknown as AnyRecord} close={() => setPlanning(false)} />
        </Suspense>
      )}
    </>
  );
}

function PrintButton() {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="default" onClick={() => window.print()} aria-label={t("brief.print")} title={t("brief.print")}>
      <Icon name="print" />
    </ActionIcon>
  );
}

function Facts({ hcp }: { hcp: Hcp }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const owner = expanded(hcp, "owner")?.title;
  return (
    <p className={styles.facts}>
      {hcp.tier && <Fact>{t("hcp.tier", { tier: hcp.tier })}</Fact>}
      {hcp.kol && <Fact>{t("hcp.kol")}</Fact>}
      {owner && <Fact icon="person">{t("hcp.owner", { name: owner })}</Fact>}
      {hcp.last_visit_at && (
        <Fact icon="clock">
          {t("today.last_visit", { when: relativeDay(hcp.last_visit_at, i18n.language, me.zone) })}
        </Fact>
      )}
      {hcp.prescribing && <Fact icon="product">{model.choiceLabel("hcp", "prescribing", hcp.prescribing)}</Fact>}
    </p>
  );
}

/** The temperature, whether it rose or fell, and since when. */
function TemperatureNow({ hcp }: { hcp: Hcp }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const label = useModel().fieldLabel("hcp", "temperature");
  return (
    <section className={styles.temperature} aria-label={label}>
      <p className={styles.label}>{label}</p>
      <p className={styles.now}>
        <TemperatureBadge code={hcp.temperature} large />
        {hcp.temperature_direction && <DirectionWord direction={hcp.temperature_direction} />}
        {hcp.temperature_changed_at && (
          <Fact>
            {t("hcp.since", { when: formatDay(hcp.temperature_changed_at, i18n.language, me.zone) })}
            {` (${relativeDay(hcp.temperature_changed_at, i18n.language, me.zone)})`}
          </Fact>
        )}
      </p>
      {hcp.temperature_read_at && hcp.temperature_read_at !== hcp.temperature_changed_at && (
        <p className={styles.read}>{t("hcp.read", { when: relativeDay(hcp.temperature_read_at, i18n.language, me.zone) })}</p>
      )}
      <TemperatureCurve hcp={hcp.id} />
      {hcp.warning && <WarningFacts hcp={hcp.id} />}
    </section>
  );
}
