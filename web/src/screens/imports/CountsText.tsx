import { useTranslation } from "react-i18next";
import type { ImportCounts } from "../../api/imports";
import { inARow } from "../../lib/inARow";
import { Stat, Stats } from "../../ui/marks";

const kinds = ["created", "updated", "unchanged", "skipped", "left_out", "failed"] as const;

/** The counts that are not nothing, in a line. */
export function CountsText({ counts }: { counts: ImportCounts }) {
  const { t, i18n } = useTranslation();
  const parts = kinds.filter((kind) => counts[kind] > 0).map((kind) => t(`imports.n_${kind}`, { count: counts[kind] }));
  if (parts.length === 0) return <>{t("imports.n_nothing")}</>;
  return <>{inARow(i18n.language, parts)}</>;
}

interface CountStatsProps {
  counts: ImportCounts;
  /** `future`: what would happen; `past`: what has. */
  tense: "future" | "past";
}

/** The counts as figures: created, updated and failed always, the others where there are any. */
export function CountStats({ counts, tense }: CountStatsProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const shown = kinds.filter((kind) => counts[kind] > 0 || kind === "created" || kind === "updated" || kind === "failed");
  return (
    <Stats>
      {shown.map((kind) => (
        <Stat key={kind} label={t(`imports.${tense}_${kind}`)} value={number.format(counts[kind])} />
      ))}
    </Stats>
  );
}
