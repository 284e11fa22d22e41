import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isNumbers, type Widget } from "../../api/dashboard";
import { useNarrowedDashboards, useOffered } from "../../api/day";
import { useMe } from "../../api/queries";
import type { Condition } from "../../api/records";
import { formatLongDay, today } from "../../lib/dates";
import { FiguresMenu } from "../../ui/FiguresMenu";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { OldVersions } from "../playbooks/OldVersions";
import { RankingGrid } from "../ranking/RankingGrid";
import { WidgetView } from "../today/WidgetView";
import { FigureView } from "./FigureView";
import { Narrowing } from "./Narrowing";
import { Numbers } from "./Numbers";
import type { TeamSearch } from "./routes";
import styles from "./Team.module.css";
import { TrustView } from "./TrustView";

const route = getRouteApi("/app/team");

/** How the team stands: the dashboards that the business places here; every number opens its records. */
export function Team() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const values = Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const trust = useOffered("trust");
  const { offered, widgets, parameters, kept, isPending, failed, retry } = useNarrowedDashboards("team", values);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <div>
          <p className={styles.date}>{[formatLongDay(today(me.zone), i18n.language), offered?.[0]?.label].filter(Boolean).join(" · ")}</p>
          <h1 className={styles.title}>{t("team.title")}</h1>
        </div>
        {widgets.length > 0 && <FiguresMenu dashboards={[...(offered ?? []), ...trust]} values={values} />}
      </header>
      {failed === undefined && isPending && <div className={styles.narrowingToCome} />}
      {(!isPending || failed !== undefined) && parameters.length > 0 && <Narrowing parameters={parameters} kept={kept} />}
      <OldVersions />
      {failed !== undefined && <ErrorNotice error={failed.error} retry={retry} />}
      {failed === undefined && isPending && <CardSkeletons count={3} height={260} />}
      {offered?.length === 0 && <EmptyState icon="team">{t("team.not_offered")}</EmptyState>}
      {!isPending && widgets.length > 0 && (
        <>
          <Board widgets={widgets} labels={offered?.at(-1)?.label ?? ""} />
          <Section title={t("team.standing")} icon="sort">
            <RankingGrid name="rfm" filter={narrowedTo(search)} />
          </Section>
          <Section title={t("figures.trust")} icon="customers">
            <TrustView values={values} known={parameters} />
          </Section>
        </>
      )}
    </div>
  );
}

/** The same team and representative as the figures around it. */
function narrowedTo({ team, owner }: TeamSearch): Condition | undefined {
  if (owner !== undefined) return { "==": [{ var: "owner" }, owner] };
  return team === undefined ? undefined : { "==": [{ var: "owner.team" }, team] };
}

function Board({ widgets, labels }: { widgets: Widget[]; labels: string }) {
  const numbers = widgets.filter(isNumbers);
  const pictures = widgets.filter((widget) => !isNumbers(widget) && widget.form !== "list");
  const lists = widgets.filter((widget) => widget.form === "list");
  return (
    <>
      {pictures.map((widget) => (
        <div key={widget.name} data-widget={widget.name}>
          <WidgetView widget={widget} figure={FigureView} />
        </div>
      ))}
      {numbers.length > 0 && (
        <div data-widget="numbers">
          <Section title={labels} icon="team">
            <Numbers widgets={numbers} label={labels} />
          </Section>
        </div>
      )}
      <div className={styles.lists}>
        {lists.map((widget) => (
          <div key={widget.name} data-widget={widget.name} className={styles.list}>
            <WidgetView widget={widget} />
          </div>
        ))}
      </div>
    </>
  );
}
