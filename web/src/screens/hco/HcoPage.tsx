import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { is } from "../../api/day";
import { hcoQuery } from "../../api/hco";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type Hco } from "../../api/shapes";
import { ScreenError } from "../../app/ScreenError";
import { formatDay } from "../../lib/dates";
import { ListSteps } from "../../list/ListSteps";
import { HistoryList } from "../../record/HistoryList";
import { RecordFields } from "../../record/RecordFields";
import { RelatedRecords } from "../../record/RelatedRecords";
import { CardSkeletons } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import { Timeline } from "../hcp/Timeline";
import { Todos } from "../hcp/Todos";
import { Views } from "../hcp/Views";
import { HcoHeader } from "./HcoHeader";
import styles from "./HcoPage.module.css";
import { StakeholderMap } from "./map/StakeholderMap";
import { hcoViews, type HcoLook, type HcoView as HcoViewName } from "./routes";

const route = getRouteApi("/app/hco/$id");

/** Everything about one institution: how warm and why, who decides, what is adopted, what to do. */
export function HcoPage() {
  const { id } = route.useParams();
  const look = route.useSearch();
  const navigate = route.useNavigate();
  const onLook = (change: HcoLook) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  return <HcoView id={id} look={look} onLook={onLook} isAlone />;
}

interface HcoViewProps {
  id: string;
  look: HcoLook;
  onLook: (change: HcoLook) => void;
  /** The page has an address, which its parts lead to; beside a list, the list keeps what is looked at. */
  isAlone?: boolean;
}

/** The institution's page without its address: to stand alone, or beside a list. */
export function HcoView({ id, ...shown }: HcoViewProps) {
  const hco = useQuery(hcoQuery(id));
  if (hco.isPending) return <CardSkeletons count={3} height={160} />;
  if (hco.isError) return <ScreenError error={hco.error} retry={() => void hco.refetch()} />;
  return <Loaded key={id} hco={hco.data} {...shown} />;
}

function Loaded({ hco, look, onLook, isAlone = false }: Omit<HcoViewProps, "id"> & { hco: Hco }) {
  const model = useModel();
  const { view = "people", show } = look;
  return (
    <article className={styles.page}>
      <ListSteps object="hco" id={hco.id} />
      <HcoHeader hco={hco} {...(isAlone ? {} : { onProfile: () => onLook({ view: "profile" }) })} />
      <div className={styles.columns} data-wide={view === "people" || undefined}>
        <div className={styles.main}>
          <Parts view={view} {...(isAlone ? {} : { onView: (chosen) => onLook({ view: chosen }) })} />
          {view === "people" && <StakeholderMap hco={hco.id} look={look} onLook={onLook} />}
          {view === "timeline" && (
            <Timeline object="hco" id={hco.id} show={show} choose={(kind) => onLook({ show: kind })} />
          )}
          {view === "profile" && <RecordFields object="hco" record={hco as unknown as AnyRecord} />}
          {view === "history" && <HistoryList object="hco" id={hco.id} />}
        </div>
        <aside className={styles.side}>
          <Adoptions hco={hco.id} />
          {model.may("task", "read") && <Todos kind="task" about={{ hco: hco.id, owner: hco.owner ?? null }} />}
        </aside>
      </div>
    </article>
  );
}

function Parts({ view, onView }: { view: HcoViewName; onView?: (view: HcoViewName) => void }) {
  const { t } = useTranslation();
  const titles = Object.fromEntries(hcoViews.map((one) => [one, t(`hco.${one}`)]));
  if (onView === undefined) return <Views views={hcoViews} view={view} titles={titles} label={t("hcp.views")} />;
  return (
    <ChooseOne
      legend={t("hcp.views")}
      hiddenLegend
      name="hco_view"
      value={view}
      onChange={(value) => onView(value as HcoViewName)}
      options={hcoViews.map((one) => ({ value: one, label: titles[one] }))}
    />
  );
}

function Adoptions({ hco }: { hco: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  return (
    <RelatedRecords
      object="adoption"
      title={t("hco.adoptions")}
      icon="product"
      filter={is("hco", hco)}
      expand={["product"]}
      fixed={{ hco }}
      empty={t("hco.adoptions_empty")}
    >
      {(adoption) => (
        <>
          <b>{expanded(adoption, "product")?.title}</b>
          <p className={styles.soft}>
            {[
              model.choiceLabel("adoption", "state", String(adoption["state"])),
              typeof adoption["since"] === "string"
                ? t("hcp.since", { when: formatDay(adoption["since"], i18n.language, me.zone) })
                : null,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </>
      )}
    </RelatedRecords>
  );
}
