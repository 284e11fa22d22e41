import { useTranslation } from "react-i18next";
import type { FileColumn } from "../../api/imports";
import { inARow } from "../../lib/inARow";
import { Icon } from "../../ui/icons";
import { ChooseMany } from "../../ui/Tiles";
import styles from "./Columns.module.css";
import { columnName } from "./columnName";
import type { Place } from "./draft";
import type { Target } from "./targets";
import { TargetSelect } from "./TargetSelect";

interface ColumnCardProps {
  column: FileColumn;
  place: Place | null;
  targets: Target[];
  taken: Map<string, string>;
  onPlace: (column: number, place: Place | null) => void;
}

/** A column of the file: its heading, what stands in it, and where it goes. */
export function ColumnCard({ column, place, targets, taken, onPlace }: ColumnCardProps) {
  const { t } = useTranslation();
  const name = columnName(t, column);
  const lead = (to: string) =>
    onPlace(column.number, to === "" ? null : { to, transform: place?.transform ?? [], clears: place?.clears ?? false });
  return (
    <li className={styles.column} data-idle={place === null || undefined}>
      <div className={styles.source}>
        <p className={styles.heading}>
          <span className={styles.number}>{column.number}</span>
          {name}
        </p>
        <Samples samples={column.samples} />
      </div>
      <span className={styles.arrow}>
        <Icon name="right" size={18} />
      </span>
      <div className={styles.target}>
        <TargetSelect
          label={t("imports.field_for", { column: name })}
          targets={targets}
          value={place?.to ?? ""}
          taken={taken}
          onChange={lead}
        />
        {place && <Options name={name} place={place} onChange={(change) => onPlace(column.number, { ...place, ...change })} />}
      </div>
    </li>
  );
}

function Samples({ samples }: { samples: string[] }) {
  const { t } = useTranslation();
  if (samples.every((sample) => sample === "")) return <p className={styles.sample}>{t("imports.no_samples")}</p>;
  return samples.map((sample, index) => (
    <p key={index} className={styles.sample}>
      {sample === "" ? <span className={styles.blank}>{t("imports.empty_cell")}</span> : sample}
    </p>
  ));
}

const transforms = ["trim", "width", "upper", "lower", "digits", "spaces", "kana", "hiragana"] as const;

interface OptionsProps {
  name: string;
  place: Place;
  onChange: (change: Partial<Place>) => void;
}

/** What is done to the cells on their way in; folded, for most columns need nothing. */
function Options({ name, place, onChange }: OptionsProps) {
  const { t, i18n } = useTranslation();
  const clears = "clears";
  const values = [...place.transform, ...(place.clears ? [clears] : [])];
  const choose = (chosen: string[]) =>
    onChange({ transform: chosen.filter((one) => one !== clears), clears: chosen.includes(clears) });
  const words = [
    ...transforms.filter((one) => place.transform.includes(one)).map((one) => t(`imports.transform_${one}`)),
    ...(place.clears ? [t("imports.clears")] : []),
  ];
  return (
    <details className={styles.options}>
      <summary>
        {t("imports.options")}
        {words.length > 0 && <span className={styles.words}>{inARow(i18n.language, words)}</span>}
      </summary>
      <ChooseMany
        legend={t("imports.options_for", { column: name })}
        hiddenLegend
        values={values}
        onChange={choose}
        options={[
          ...transforms.map((one) => ({ value: one, label: t(`imports.transform_${one}`) })),
          { value: clears, label: t("imports.clears") },
        ]}
      />
    </details>
  );
}
