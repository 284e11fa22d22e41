import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DecisionRole, InstitutionMap } from "../../../api/hco";
import { useModel } from "../../../api/queries";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Section } from "../../../ui/parts";
import styles from "./Map.module.css";
import { PathDialog } from "./PathDialog";
import { StrategyDialog } from "./StrategyDialog";

/** The way that a decision goes, and how to speak with each role on it. */
export function Roles({ map }: { map: InstitutionMap }) {
  const { t } = useTranslation();
  const model = useModel();
  const [isOrdering, setOrdering] = useState(false);
  const [noted, setNoted] = useState<DecisionRole | null>(null);
  const mayWrite = model.may("decision_step", "create") && model.may("decision_step", "update");
  const order = mayWrite && (
    <Button variant="subtle" size="sm" leftSection={<Icon name="sort" size={16} />} onClick={() => setOrdering(true)}>
      {t("hco.path_change")}
    </Button>
  );
  return (
    <Section title={t("hco.path")} icon="right" hint={t(`hco.path_${map.path}`)} action={order}>
      <ol className={styles.roles}>
        {map.roles.map((role) => (
          <li key={role.role} data-off={!role.on_path || undefined}>
            <Guidance role={role} note={mayWrite ? () => setNoted(role) : null} />
          </li>
        ))}
      </ol>
      {isOrdering && <PathDialog map={map} close={() => setOrdering(false)} />}
      {noted !== null && <StrategyDialog map={map} role={noted} close={() => setNoted(null)} />}
    </Section>
  );
}

/** What is said of the institution stands before what holds everywhere. */
function Guidance({ role, note }: { role: DecisionRole; note: (() => void) | null }) {
  const { t } = useTranslation();
  const edit = note && (
    <Button
      variant="subtle"
      size="sm"
      leftSection={<Icon name="pen" size={16} />}
      onClick={note}
      aria-label={t("hco.strategy_of", { role: role.label })}
    >
      {t(role.strategy ? "app.edit" : "hco.strategy_add")}
    </Button>
  );
  return (
    <details className={styles.guidance}>
      <summary>
        <b>{role.label}</b>
        <span className={styles.soft}>
          {!role.on_path ? t("hco.off_path") : role.gap ? t("hco.role_gap") : t("hco.role_people", { count: role.people })}
        </span>
      </summary>
      {role.strategy && (
        <>
          <p className={styles.label}>{t("hco.strategy")}</p>
          <p className={styles.text}>{role.strategy}</p>
        </>
      )}
      {role.guidance && (
        <>
          <p className={styles.label}>{t("hco.guidance")}</p>
          <p className={styles.text}>{role.guidance}</p>
        </>
      )}
      {edit}
    </details>
  );
}
