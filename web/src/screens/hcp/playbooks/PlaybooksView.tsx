import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { is } from "../../../api/day";
import { materialQuery, playbooksQuery, type AvailablePlaybook } from "../../../api/playbooks";
import { useModel } from "../../../api/queries";
import type { Hcp } from "../../../api/shapes";
import { RelatedRecords } from "../../../record/RelatedRecords";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../../ui/parts";
import { Material } from "./Material";
import styles from "./Playbooks.module.css";
import { RunCard } from "./RunCard";
import { StartDialog } from "./StartDialog";

/** What is done for this doctor over days and weeks, and with what. */
export function PlaybooksView({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const playbooks = useQuery(playbooksQuery("hcp", hcp.id));
  const material = useQuery({ ...materialQuery(hcp.id), enabled: model.may("content", "read") });
  if (playbooks.isPending) return <CardSkeletons count={2} height={160} />;
  if (playbooks.isError) return <ErrorNotice error={playbooks.error} retry={() => void playbooks.refetch()} />;
  const { runs, available } = playbooks.data;
  const running = runs.filter(({ state }) => state === "running");
  const past = runs.filter(({ state }) => state !== "running");
  const offers = material.data?.items ?? [];
  return (
    <div className={styles.view}>
      <Section title={t("playbooks.running")} icon="plan" count={running.length}>
        {running.length === 0 && <EmptyState>{t("playbooks.running_empty")}</EmptyState>}
        {running.map((run) => (
          <RunCard key={run.id} hcp={hcp.id} run={run} offers={offers} />
        ))}
      </Section>
      {model.may("hcp", "update") && <Startable hcp={hcp} available={available} />}
      {material.isSuccess && <Material hcp={hcp} material={material.data} />}
      <RelatedRecords
        object="marketing_request"
        title={t("playbooks.requests")}
        icon="flag"
        filter={is("hcp", hcp.id)}
        expand={["content"]}
        sort="-asked_at"
        fixed={{ hcp: hcp.id, ...(hcp.primary_hco ? { hco: hcp.primary_hco } : {}) }}
        empty={t("playbooks.requests_empty")}
      >
        {(request) => (
          <>
            <p className={styles.name}>{String(request["need"] ?? "")}</p>
            <p className={styles.quiet}>
              <Badge>{model.choiceLabel("marketing_request", "state", String(request["state"]))}</Badge> {String(request["answer"] ?? "")}
            </p>
          </>
        )}
      </RelatedRecords>
      {past.length > 0 && (
        <Section title={t("playbooks.past")} icon="history" count={past.length}>
          {past.map((run) => (
            <RunCard key={run.id} hcp={hcp.id} run={run} offers={[]} />
          ))}
        </Section>
      )}
    </div>
  );
}

/** What suits comes first; the rest can be started all the same. */
function Startable({ hcp, available }: { hcp: Hcp; available: AvailablePlaybook[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<AvailablePlaybook | null>(null);
  const free = available.filter(({ running }) => !running).toSorted((one, other) => Number(other.suits) - Number(one.suits));
  if (free.length === 0) return null;
  return (
    <Section title={t("playbooks.start")} icon="plus">
      <ul className={styles.startable}>
        {free.map((playbook) => (
          <li key={playbook.playbook} className={styles.choice}>
            <div>
              <p className={styles.name}>
                {playbook.label} {playbook.suits && <Badge tone="good" icon="check">{t("playbooks.suits")}</Badge>}
              </p>
              <p className={styles.quiet}>{playbook.help}</p>
            </div>
            <Button
              variant={playbook.suits ? "light" : "default"}
              size="md"
              leftSection={<Icon name="right" size={16} />}
              aria-label={t("playbooks.look_at_of", { playbook: playbook.label })}
              onClick={() => setChosen(playbook)}
            >
              {t("playbooks.look_at")}
            </Button>
          </li>
        ))}
      </ul>
      {chosen !== null && <StartDialog hcp={hcp.id} playbook={chosen} close={() => setChosen(null)} />}
    </Section>
  );
}
