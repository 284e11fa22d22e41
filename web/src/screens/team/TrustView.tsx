import { useTranslation } from "react-i18next";
import type { Parameter } from "../../api/dashboard";
import { useNarrowedDashboards } from "../../api/day";
import { NotNarrowed } from "../../ui/NotNarrowed";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { TrendTable } from "./TrendTable";

interface TrustViewProps {
  /** Of one doctor (`hcp`, with her institution), of a team or a representative; of all that one may see without. */
  values: Record<string, string>;
  /** The parameters of the screen around it: what is chosen there and unknown here is said. */
  known?: Parameter[];
}

/** The relationship over quarters. Its periods are quarters whatever the screen around it shows. */
export function TrustView({ values, known = [] }: TrustViewProps) {
  const { t } = useTranslation();
  const { period: _, ...narrowing } = values;
  const { widgets, unknown, isPending, failed, retry } = useNarrowedDashboards("trust", narrowing);
  if (failed !== undefined) return <ErrorNotice error={failed.error} retry={retry} />;
  if (isPending) return <CardSkeletons count={1} height={340} />;
  if (widgets.every(({ groups }) => groups.length === 0)) return <EmptyState icon="customers">{t("figures.nothing")}</EmptyState>;
  return (
    <>
      <NotNarrowed by={unknown.map((name) => known.find((one) => one.name === name)?.label ?? name)} />
      <TrendTable widgets={widgets} />
    </>
  );
}
