import { useTranslation } from "react-i18next";
import { useNarrowedDashboards } from "../../api/day";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { TrendTable } from "./TrendTable";

/** The relationship over quarters: of one doctor (`hcp`, with her institution), of a team, or of all that one may see. */
export function TrustView({ values }: { values: Record<string, string> }) {
  const { t } = useTranslation();
  const { widgets, isPending, failed, retry } = useNarrowedDashboards("trust", values);
  if (failed !== undefined) return <ErrorNotice error={failed.error} retry={retry} />;
  if (isPending) return <CardSkeletons count={1} height={340} />;
  if (widgets.every(({ groups }) => groups.length === 0)) return <EmptyState icon="customers">{t("figures.nothing")}</EmptyState>;
  return <TrendTable widgets={widgets} />;
}
