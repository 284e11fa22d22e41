import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense, lazy, memo, useCallback, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { hcpQuery, useModel } from "../../api/queries";
import type { AnyRecord, Hcp } from "../../api/shapes";
import { storyQuery } from "../../api/story";
import { ScreenError } from "../../app/ScreenError";
import { needArea } from "../../i18n";
import { ListSteps } from "../../list/ListSteps";
import { HistoryList } from "../../record/HistoryList";
import { RecordFields } from "../../record/RecordFields";
import { Together } from "../../record/Together";
import { CardSkeletons } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import { Briefing } from "./Briefing";
import { HcpHeader } from "./HcpHeader";
import styles from "./HcpPage.module.css";
import { Needs } from "./Needs";
import { Places } from "./Places";
import { RecordVisit } from "./RecordVisit";
import { hcpViews, type HcpView as HcpViewName } from "./routes";
import { Signs } from "./Signs";
import { Story } from "./story/Story";
import { Timeline } from "./Timeline";
import { Todos } from "./Todos";
import { Views } from "./Views";

const CurveView = lazy(() => import("./curve/CurveView").then(({ CurveView }) => ({ default: CurveView })));

const ValueView = lazy(() => import("./value/ValueView").then(({ ValueView }) => ({ default: ValueView })));
const PlaybooksView = lazy(async () => {
  await needArea("playbooks");
  return { default: (await import("./playbooks/PlaybooksView")).PlaybooksView };
});

const TrustView = lazy(async () => {
  await needArea("figures");
  return { default: (await import("../team/TrustView")).TrustView };
});

const route = getRouteApi("/app/hcp/$id");

/** Everything about one doctor: who, how warm, what next, what happened, what to know. */
export function HcpPage() {
  const { id } = route.useParams();
  const { view, show } = route.useSearch();
  const navigate = route.useNavigate();
  const onShow = useCallback(
    (kind: string | undefined) => void navigate({ search: (before) => ({ ...before, show: kind }), replace: true, resetScroll: false }),
    [navigate],
  );
  return <HcpView id={id} view={view} show={show} onShow={onShow} />;
}

interface HcpViewProps {
  id: string;
  view?: HcpViewName | undefined;
  /** Beside a list the page has no address of its own: the list keeps which part is open. */
  onView?: (view: HcpViewName) => void;
  show?: string | undefined;
  onShow?: (kind: string | undefined) => void;
}

/** The doctor's page without its address: to stand alone, or beside a list. */
export function HcpView({ id, ...shown }: HcpViewProps) {
  const hcp = useQuery(hcpQuery(id));
  if (hcp.isPending) return <HcpSkeleton />;
  if (hcp.isError) return <ScreenError error={hcp.error} retry={() => void hcp.refetch()} />;
  return <Loaded key={id} hcp={hcp.data} {...shown} />;
}

function HcpSkeleton() {
  return (
    <div className={styles.page}>
      <CardSkeletons count={1} height={112} />
      <CardSkeletons count={3} height={150} />
    </div>
  );
}

function Loaded({ hcp, view = "timeline", onView, show, onShow }: Omit<HcpViewProps, "id"> & { hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const [ownShow, setOwnShow] = useState(show);
  const part = useDeferredValue(view);
  return (
    <article className={styles.page}>
      <ListSteps object="hcp" id={hcp.id} />
      <HcpHeader hcp={hcp} heading={onView === undefined ? "h1" : "h2"} />
      <div className={styles.frame}>
        <div className={styles.columns}>
          <div className={styles.brief}>
            <h2 className={styles.heading}>{t("brief.title")}</h2>
            <Briefing hcp={hcp} />
          </div>
          <aside className={styles.side}>
            <Together about={hcp.id} waiting={<CardSkeletons count={3} height={150} />} className={styles.open}>
              <Needs hcp={hcp.id} />
              <Signs hcp={hcp.id} />
              {model.may("promise", "read") && <Todos kind="promise" about={{ hcp: hcp.id }} />}
              {model.may("task", "read") && <Todos kind="task" about={{ hcp: hcp.id, owner: hcp.owner ?? null }} />}
            </Together>
          </aside>
          <div className={styles.parts}>
            <Parts hcp={hcp.id} view={view} onView={onView} />
            <OpenPart hcp={hcp} view={part} show={onShow === undefined ? ownShow : show} onShow={onShow ?? setOwnShow} />
          </div>
        </div>
      </div>
      {onView === undefined && <RecordBar id={hcp.id} />}
    </article>
  );
}

interface OpenPartProps {
  hcp: Hcp;
  view: HcpViewName;
  show: string | undefined;
  onShow: (kind: string | undefined) => void;
}

/** The part that is open. It may follow its tab by a moment: the tab answers the press, whatever the part takes to draw. */
const OpenPart = memo(function OpenPart({ hcp, view, show, onShow }: OpenPartProps) {
  return (
    <>
      {view === "timeline" && (
        <Timeline object="hcp" id={hcp.id} show={show} choose={onShow} />
      )}
      {view === "playbooks" && (
        <Suspense fallback={<CardSkeletons count={2} height={160} />}>
          <PlaybooksView hcp={hcp} />
        </Suspense>
      )}
      {view === "temperature" && (
        <Suspense fallback={<CardSkeletons count={1} height={340} />}>
          <CurveView hcp={hcp} />
        </Suspense>
      )}
      {view === "value" && (
        <Suspense fallback={<CardSkeletons count={3} height={150} />}>
          <ValueView hcp={hcp} />
        </Suspense>
      )}
      {view === "trust" && (
        <Suspense fallback={<CardSkeletons count={1} height={340} />}>
          <TrustView values={{ hcp: hcp.id, ...(hcp.primary_hco ? { hco: hcp.primary_hco } : {}) }} />
        </Suspense>
      )}
      {view === "story" && <Story hcp={hcp.id} />}
      {view === "profile" && <RecordFields object="hcp" record={hcp as unknown as AnyRecord} />}
      {view === "places" && <Places hcp={hcp} />}
      {view === "history" && <HistoryList object="hcp" id={hcp.id} />}
    </>
  );
});

function Parts({ hcp, view, onView }: { hcp: string; view: HcpViewName; onView: HcpViewProps["onView"] }) {
  const { t } = useTranslation();
  const model = useModel();
  const story = useQuery({ ...storyQuery(hcp), enabled: model.may("memo", "read") });
  const fresh = story.data?.new ?? 0;
  const titles = Object.fromEntries(hcpViews.map((one) => [one, t(`hcp.${one}`)]));
  if (fresh > 0) titles["story"] = t("story.tab_new", { count: fresh });
  if (onView === undefined) return <Views views={hcpViews} view={view} titles={titles} label={t("hcp.views")} />;
  return (
    <ChooseOne
      legend={t("hcp.views")}
      hiddenLegend
      name="hcp_view"
      value={view}
      onChange={(value) => onView(value as HcpViewName)}
      options={hcpViews.map((one) => ({ value: one, label: titles[one] }))}
    />
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
