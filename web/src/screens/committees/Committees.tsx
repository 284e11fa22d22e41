import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { boardQuery, boardScopes, type BoardScope, type Meeting } from "../../api/committees";
import { useModel } from "../../api/queries";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import styles from "./Committees.module.css";
import { MeetingCard } from "./MeetingCard";
import { inColumn, stages } from "./stages";

const route = getRouteApi("/app/committees");

/** Whose board one sees first: a manager the team's, a representative their own. */
function useScope(): BoardScope {
  const model = useModel();
  const { scope } = route.useSearch();
  return scope ?? (model.reachesOthers("task", "create") ? "team" : "own");
}

/** Drug committees by countdown: what to prepare, what to ask for, what came of it. */
export function Committees() {
  const { t } = useTranslation();
  const { as = "columns" } = route.useSearch();
  const scope = useScope();
  const board = useQuery(boardQuery(scope));
  return (
    <Page title={t("committees.title")} hint={t("committees.hint")}>
      <div className={styles.tools}>
        <Tabs
          label={t("committees.whose")}
          tabs={boardScopes.map((one) => ({
            label: t(`committees.scope_${one}`),
            link: { to: "/committees", search: (before: object) => ({ ...before, scope: one }) } as never,
            current: one === scope,
          }))}
        />
        <Tabs
          label={t("committees.as")}
          tabs={(["columns", "list"] as const).map((form) => ({
            label: t(`committees.as_${form}`),
            link: {
              to: "/committees",
              search: (before: object) => ({ ...before, as: form === "columns" ? undefined : form }),
            } as never,
            current: form === as,
          }))}
        />
      </div>
      {board.isPending && <CardSkeletons count={4} height={180} />}
      {board.isError && <ErrorNotice error={board.error} retry={() => void board.refetch()} />}
      {board.isSuccess && board.data.items.length === 0 && (
        <EmptyState icon="building">{t("committees.empty")}</EmptyState>
      )}
      {board.isSuccess && board.data.items.length > 0 && <Columns meetings={board.data.items} as={as} />}
    </Page>
  );
}

function Columns({ meetings, as }: { meetings: Meeting[]; as: "columns" | "list" }) {
  const { t } = useTranslation();
  const columns = stages.map((stage) => ({ stage, items: inColumn(meetings, stage) }));
  return (
    <div className={styles.board} data-as={as}>
      {columns
        .filter(({ items }) => items.length > 0)
        .map(({ stage, items }) => (
          <section key={stage} className={styles.column} aria-label={t(`committees.stage_${stage}`)}>
            <h2 className={styles.head}>
              {t(`committees.stage_${stage}`)} <span className={styles.count}>{items.length}</span>
            </h2>
            <p className={styles.soft}>{t(`committees.do_${stage}`)}</p>
            <ul className={styles.cards}>
              {items.map((meeting) => (
                <MeetingCard key={meeting.id} meeting={meeting} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
