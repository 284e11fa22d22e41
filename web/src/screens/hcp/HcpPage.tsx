import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { hcpQuery } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { ListSteps } from "../../list/ListSteps";
import { RecordFields } from "../../record/RecordFields";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { HcpHeader } from "./HcpHeader";
import styles from "./HcpPage.module.css";
import { RecordVisit } from "./RecordVisit";
import { Signs } from "./Signs";
import { Story } from "./Story";
import { Timeline } from "./Timeline";
import { Todos } from "./Todos";
import { Views } from "./Views";

const route = getRouteApi("/app/hcp/$id");

/** Everything about one doctor: who, how warm, what next, what happened, what to know. */
export function HcpPage() {
  const { id } = route.useParams();
  const hcp = useQuery(hcpQuery(id));
  if (hcp.isPending) return <CardSkeletons count={3} height={180} />;
  if (hcp.isError) return <ErrorNotice error={hcp.error} retry={() => void hcp.refetch()} />;
  return <Loaded key={id} hcp={hcp.data} />;
}

function Loaded({ hcp }: { hcp: Hcp }) {
  const { view = "timeline" } = route.useSearch();
  return (
    <article className={styles.page}>
      <ListSteps object="hcp" id={hcp.id} />
      <HcpHeader hcp={hcp} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Views view={view} />
          {view === "timeline" && <Timeline hcp={hcp} />}
          {view === "story" && <Story hcp={hcp.id} />}
          {view === "profile" && <RecordFields object="hcp" record={hcp as unknown as AnyRecord} />}
        </div>
        <aside className={styles.side}>
          <Signs hcp={hcp.id} />
          <Todos kind="promise" hcp={hcp.id} />
          <Todos kind="task" hcp={hcp.id} />
        </aside>
      </div>
      <RecordBar id={hcp.id} />
    </article>
  );
}

/** On a phone the one thing done most stands under the thumb. */
function RecordBar({ id }: { id: string }) {
  return (
    <div className={styles.bar}>
      <RecordVisit hcp={id} size="lg" />
    </div>
  );
}
