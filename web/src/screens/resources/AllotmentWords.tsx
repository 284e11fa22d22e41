import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { relativeDay } from "../../lib/dates";
import { Badge, type Tone } from "../../ui/marks";
import { Fact } from "../../ui/parts";
import styles from "./Resources.module.css";

const tones: Record<string, Tone> = { allotted: "good", used: "plain", waiting: "warn", requested: "info", returned: "plain" };

/** One allotment in words: of what or to whom, how much, how it stands, and the place in the line. */
export function AllotmentWords({ allotment, about }: { allotment: AnyRecord; about: "hcp" | "resource" }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const other = expanded(allotment, about);
  const tier = expanded(allotment, "hcp")?.["tier"];
  const state = String(allotment["state"]);
  const place = allotment["place"];
  const owner = expanded(allotment, "owner")?.title;
  return (
    <div className={styles.words}>
      <p className={styles.who}>
        {other !== null &&
          (about === "hcp" ? (
            <Link to="/hcp/$id" params={{ id: other.id }}>
              {other.title}
            </Link>
          ) : (
            <Link to="/resources" search={{ open: other.id }}>
              {other.title}
            </Link>
          ))}
        <span>{t("resources.amount", { amount: Number(allotment["amount"] ?? 1) })}</span>
        <Badge tone={tones[state] ?? "plain"}>{model.choiceLabel("allotment", "state", state)}</Badge>
        {typeof place === "number" && inLine(state) && <Badge>{t("resources.place", { place })}</Badge>}
      </p>
      <p className={styles.facts}>
        {about === "hcp" && typeof tier === "string" && <Fact>{t("hcp.tier", { tier })}</Fact>}
        {typeof allotment["asked_at"] === "string" && <Fact icon="clock">{relativeDay(allotment["asked_at"], i18n.language, me.zone)}</Fact>}
        {owner && <Fact icon="person">{owner}</Fact>}
        {typeof allotment["reason"] === "string" && <span>{allotment["reason"]}</span>}
      </p>
    </div>
  );
}

const inLine = (state: string): boolean => state === "waiting" || state === "requested";
