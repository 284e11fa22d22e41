import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DecisionRole, InstitutionMap, Stakeholder } from "../../../api/hco";
import { useModel } from "../../../api/queries";
import { reachable, useHidden } from "../../../lib/useHidden";
import { Button } from "../../../ui/Button";
import { Badge } from "../../../ui/marks";
import { bandOf, bands, inOrder, type Band } from "./bands";
import styles from "./Map.module.css";
import { MapPerson } from "./MapPerson";

/** Who stands where: a row a role in the order of the decision, a column a band of warmth. */
export function Matrix({ map }: { map: InstitutionMap }) {
  const { t } = useTranslation();
  const name = useBandName(map);
  const frame = useRef<HTMLDivElement>(null);
  const hidden = useHidden(frame);
  const known = new Set(map.roles.map(({ role }) => role));
  const rows = map.roles.filter((role) => role.on_path || role.people > 0);
  const others = map.people.filter(({ decision_role }) => decision_role === null || !known.has(decision_role ?? ""));
  return (
    <div ref={frame} className={styles.frame} {...reachable(hidden, t("hco.map"))}>
      <table role="table" className={styles.matrix} aria-label={t("hco.map")}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t("hco.map_role")}
            </th>
            {bands.map((band) => (
              <th key={band} role="columnheader" scope="col">
                {name(band)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((role, index) => (
            <Row
              key={role.role}
              map={map}
              head={<RoleHead role={role} number={role.on_path ? index + 1 : null} />}
              people={map.people.filter((person) => person.decision_role === role.role)}
            />
          ))}
          {others.length > 0 && <Row map={map} head={<b>{t("hco.role_unknown")}</b>} people={others} />}
        </tbody>
      </table>
    </div>
  );
}

/** What says nothing of warmth stands with what is not known. */
function useBandName(map: InstitutionMap): (band: Band) => string {
  const { t } = useTranslation();
  const model = useModel();
  const leftOut = (map.temperature?.formula.left_out ?? []).map((code) => model.choiceLabel("hcp", "temperature", code));
  return (band) => [t(`hco.band_${band}`), ...(band === "unknown" ? leftOut : [])].join(" / ");
}

function RoleHead({ role, number }: { role: DecisionRole; number: number | null }) {
  const { t } = useTranslation();
  return (
    <>
      <b>
        {number !== null && `${number}. `}
        {role.label}
      </b>
      {number === null && <span className={styles.soft}>{t("hco.off_path")}</span>}
      {role.gap && (
        <Badge tone="warn" icon="warning">
          {t("hco.role_gap")}
        </Badge>
      )}
    </>
  );
}

function Row({ map, head, people }: { map: InstitutionMap; head: ReactNode; people: Stakeholder[] }) {
  const model = useModel();
  const name = useBandName(map);
  const leftOut = map.temperature?.formula.left_out ?? [];
  const of = (band: string) => inOrder(model, people.filter((one) => bandOf(model, leftOut, one.temperature) === band));
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {head}
      </th>
      {bands.map((band) => (
        <td key={band} role="cell" data-band={band} data-empty={of(band).length === 0 || undefined}>
          <span className={styles.band} aria-hidden="true">
            {name(band)}
          </span>
          <People people={of(band)} />
        </td>
      ))}
    </tr>
  );
}

const firstShown = 3;

/** The weightiest of a place; the others on request, or a large hospital would fill the screen. */
function People({ people }: { people: Stakeholder[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? people : people.slice(0, firstShown);
  return (
    <>
      {shown.map((person) => (
        <MapPerson key={person.id} person={person} />
      ))}
      {people.length > shown.length && (
        <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
          {t("today.show_more", { count: people.length - shown.length })}
        </Button>
      )}
    </>
  );
}
