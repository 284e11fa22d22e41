import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { scoreRulesQuery, type ScoreRule } from "../../api/curve";
import { useModel } from "../../api/queries";
import { useReading } from "../../condition/useReading";
import { parse } from "../../condition/tree";
import { inWords } from "../../condition/words";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { RecordsLink } from "../../ui/RecordsLink";
import { Table, type Column } from "../../ui/Table";
import { Figures } from "./Figures";
import styles from "./Warning.module.css";

/** By what rule doctors are marked, and what the rule has been worth: nobody has to take it on trust. */
export function WarningPage() {
  const { t } = useTranslation();
  const rules = useQuery(scoreRulesQuery());
  const rule = rules.data?.find(({ score }) => score === "warning");
  return (
    <Page title={rule?.label ?? t("warning.title")} hint={rule?.help} width="wide">
      {rules.isPending && <CardSkeletons count={2} height={220} />}
      {rules.isError && <ErrorNotice error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isSuccess && rule === undefined && <EmptyState icon="info">{t("warning.none")}</EmptyState>}
      {rule !== undefined && <Rule rule={rule} />}
    </Page>
  );
}

type Part = ScoreRule["parts"][number];

function Rule({ rule }: { rule: ScoreRule }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = useWords(rule);
  const level = rule.fields["level"];
  const columns: Column<Part>[] = [
    { key: "fact", head: t("warning.fact"), cell: (part) => <span className={styles.fact}>{part.label}</span> },
    { key: "when", head: t("warning.when"), cell: (part) => words(part.condition) },
    { key: "points", head: t("warning.points_head"), cell: (part) => part.points, align: "end" },
  ];
  return (
    <>
      <Section title={t("warning.rule")} icon="list">
        <p className={styles.about}>{t("warning.about", { who: words(rule.condition) })}</p>
        <Table label={t("warning.rule")} columns={columns} rows={rule.parts} rowKey={({ part }) => part} />
        <ul className={styles.levels} aria-label={t("warning.levels")}>
          {rule.levels.map(({ level: code, label, from }) => (
            <li key={code}>
              <strong>{label}</strong> {t("warning.from", { points: from })}
              {level !== undefined && (
                <RecordsLink object={rule.object} filter={{ "==": [{ var: level }, code] }} label={label}>
                  {t("warning.open_list")}
                </RecordsLink>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {rule.check && model.reachesOthers(rule.object, "read") && <Figures rule={rule} />}
    </>
  );
}

/** Conditions as sentences, in the reader's language. */
function useWords(rule: ScoreRule): (logic: unknown) => string {
  const reading = useReading({ and: rule.parts.map(({ condition }) => condition) }, rule.object);
  return (logic) => inWords(parse(logic, rule.object, reading.schema), rule.object, reading);
}
