import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { recordScoresQuery } from "../../../api/curve";
import { useModel } from "../../../api/queries";
import type { Hcp } from "../../../api/shapes";
import { recordRankingsQuery, tierReadingsQuery } from "../../../api/value";
import { RelatedRecords } from "../../../record/RelatedRecords";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../../ui/parts";
import { AllotmentWords } from "../../resources/AllotmentWords";
import { RankingPart } from "./RankingPart";
import { ScorePart } from "./ScorePart";
import { TierHistory } from "./TierHistory";
import styles from "./Value.module.css";

const shown = ["potential", "rhythm"];

/** Why this doctor is A, B or C, whether they are met as often as that asks for, where they stand, what is theirs. */
export function ValueView({ hcp }: { hcp: Hcp }) {
  const { t } = useTranslation();
  const model = useModel();
  const scores = useQuery(recordScoresQuery(hcp.id));
  const rankings = useQuery(recordRankingsQuery(hcp.id));
  const readings = useQuery({ ...tierReadingsQuery(hcp.id), enabled: model.may("tier_reading", "read") });
  if (scores.isPending || rankings.isPending) return <CardSkeletons count={3} height={150} />;
  if (scores.isError) return <ErrorNotice error={scores.error} retry={() => void scores.refetch()} />;
  const told = scores.data.filter(({ score, applies }) => applies && shown.includes(score));
  return (
    <div className={styles.view}>
      {told.length === 0 && <EmptyState icon="star">{t("value.no_score")}</EmptyState>}
      {told.map((score) => (
        <ScorePart key={score.score} score={score} />
      ))}
      <TierHistory readings={readings.data?.items ?? []} />
      {rankings.data?.filter(({ applies }) => applies).map((ranking) => <RankingPart key={ranking.ranking} ranking={ranking} hcp={hcp} />)}
      <RelatedRecords
        object="allotment"
        title={t("value.allotments")}
        icon="star"
        filter={{ "==": [{ var: "hcp" }, hcp.id] }}
        expand={["resource", "hcp"]}
        sort="-asked_at"
        fixed={{ hcp: hcp.id, state: "requested" }}
        empty={t("value.no_allotment")}
      >
        {(allotment) => <AllotmentWords allotment={allotment} about="resource" />}
      </RelatedRecords>
    </div>
  );
}
