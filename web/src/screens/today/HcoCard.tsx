import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay, relativeDay } from "../../lib/dates";
import { Fact } from "../../ui/parts";
import person from "../../ui/PersonCard.module.css";
import { TemperatureMark } from "../../ui/Temperature";
import styles from "./HcoCard.module.css";

/** An institution whose drug committee meets soon. */
export function HcoCard({ hco }: { hco: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const on = hco["next_committee_on"];
  const owner = expanded(hco, "owner")?.title;
  const kind = hco["kind"] ? model.choiceLabel("hco", "kind", String(hco["kind"])) : null;
  const when =
    typeof on === "string"
      ? `${formatDay(on, i18n.language, me.zone)} (${relativeDay(on, i18n.language, me.zone)})`
      : null;
  return (
    <li className={styles.card}>
      <TemperatureMark code={hco["temperature"] as string | null} />
      <div>
        <p>
          <Link to="/hco/$id" params={{ id: hco.id }} className={person.name}>
            {hco.title}
          </Link>
        </p>
        <p className={styles.facts}>
          {kind && <Fact icon="building">{[kind, hco["city"]].filter(Boolean).join(" · ")}</Fact>}
          {when && <Fact icon="clock">{t("team.committee_on", { when })}</Fact>}
          {owner && <Fact icon="person">{owner}</Fact>}
        </p>
      </div>
    </li>
  );
}
