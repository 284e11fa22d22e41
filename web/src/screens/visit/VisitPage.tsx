import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hcpQuery, tasksQuery } from "../../api/queries";
import type { Hcp } from "../../api/shapes";
import { Icon } from "../../ui/icons";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { VisitDone } from "./VisitDone";
import { VisitForm } from "./VisitForm";
import styles from "./VisitPage.module.css";

const route = getRouteApi("/app/hcp/$id/visit/new");

/** Record a visit: thirty seconds, one thumb. */
export function VisitPage() {
  const { id } = route.useParams();
  const hcp = useQuery(hcpQuery(id));
  if (hcp.isPending) return <CardSkeletons count={3} height={160} />;
  if (hcp.isError) return <ErrorNotice error={hcp.error} retry={() => void hcp.refetch()} />;
  return <Loaded key={id} hcp={hcp.data} />;
}

/** The doctor as before the visit stays on screen after it: what changed is told against it. */
function Loaded({ hcp }: { hcp: Hcp }) {
  const [before] = useState(hcp);
  const tasks = useQuery(tasksQuery(hcp.id));
  const [saved, setSaved] = useState<{ temperature: string | null; tasks: string[] } | null>(null);
  if (saved !== null) {
    return <VisitDone before={before} temperature={saved.temperature} tasksBefore={saved.tasks} />;
  }
  const done = (temperature: string | null) =>
    setSaved({ temperature, tasks: tasks.data?.items.map((task) => task.id) ?? [] });
  return (
    <div className={styles.page}>
      <Head hcp={before} />
      <VisitForm hcp={before} onSaved={done} />
    </div>
  );
}

function Head({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const honorific = useHonorific();
  return (
    <header className={styles.head}>
      <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.back} aria-label={t("app.back")}>
        <Icon name="back" size={22} />
      </Link>
      <div>
        <h1 className={styles.title}>{t("visit.title")}</h1>
        <p className={styles.with}>{t("visit.with", { name: honorific(hcp) })}</p>
      </div>
    </header>
  );
}
