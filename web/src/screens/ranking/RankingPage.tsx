import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ApiProblem } from "../../api/problem";
import { rankingGridQuery } from "../../api/value";
import { NothingHere } from "../../app/ScreenError";
import { RankingGrid } from "./RankingGrid";
import styles from "./RankingGrid.module.css";

const route = getRouteApi("/app/ranking/$name");

/** Where all of one's doctors stand, in one picture. */
export function RankingPage() {
  const { name } = route.useParams();
  const grid = useQuery(rankingGridQuery(name));
  if (grid.error instanceof ApiProblem && grid.error.status === 404) return <NothingHere />;
  return (
    <div className={styles.page}>
      <RankingGrid name={name} heading="h1" />
    </div>
  );
}
