import { getRouteApi } from "@tanstack/react-router";
import { RankingGrid } from "./RankingGrid";
import styles from "./RankingGrid.module.css";

const route = getRouteApi("/app/ranking/$name");

/** Where all of one's doctors stand, in one picture. */
export function RankingPage() {
  const { name } = route.useParams();
  return (
    <div className={styles.page}>
      <RankingGrid name={name} heading="h1" />
    </div>
  );
}
