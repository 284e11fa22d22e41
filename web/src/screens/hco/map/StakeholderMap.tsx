import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { is, shortListQuery } from "../../../api/day";
import { mapQuery, type InstitutionMap } from "../../../api/hco";
import { useModel } from "../../../api/queries";
import { expanded } from "../../../api/shapes";
import { Badge } from "../../../ui/marks";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../../ui/parts";
import { ChooseOne } from "../../../ui/Tiles";
import type { HcoLook } from "../routes";
import styles from "./Map.module.css";
import { Matrix } from "./Matrix";
import { PeopleTable } from "./PeopleTable";
import { Roles } from "./Roles";

interface StakeholderMapProps {
  hco: string;
  look: HcoLook;
  onLook: (change: HcoLook) => void;
}

/** Who decides at the institution: as a map or line by line, with the gaps; the way of a decision below. */
export function StakeholderMap({ hco, look, onLook }: StakeholderMapProps) {
  const map = useQuery(mapQuery(hco, look.product ?? null));
  if (map.isPending) {
    return (
      <div className={styles.coming}>
        <CardSkeletons count={4} height={104} />
      </div>
    );
  }
  if (map.isError) return <ErrorNotice error={map.error} retry={() => void map.refetch()} />;
  return <Loaded map={map.data} look={look} onLook={onLook} />;
}

function Loaded({ map, look, onLook }: Omit<StakeholderMapProps, "hco"> & { map: InstitutionMap }) {
  const { t } = useTranslation();
  const { as = "map", product = "" } = look;
  return (
    <>
      <div className={styles.tools}>
        <ChooseOne
          legend={t("hco.map_as")}
          hiddenLegend
          name="map_as"
          value={as}
          onChange={(chosen) => onLook({ as: chosen === "table" ? "table" : undefined })}
          options={(["map", "table"] as const).map((form) => ({ value: form, label: t(`hco.as_${form}`) }))}
        />
        <ProductSelect hco={map.hco.id} product={product} choose={(chosen) => onLook({ product: chosen })} />
      </div>
      <Gaps map={map} />
      {map.people.length === 0 ? (
        <EmptyState icon="customers">{t(map.hidden > 0 ? "hco.people_hidden_only" : "hco.people_empty")}</EmptyState>
      ) : as === "table" ? (
        <PeopleTable map={map} />
      ) : (
        <Matrix map={map} />
      )}
      {map.hidden > 0 && <p className={styles.soft}>{t("hco.people_hidden", { count: map.hidden })}</p>}
      <Roles map={map} />
    </>
  );
}

/** Whose way the decision goes: of a product that is adopted or under review here, or of any. */
function ProductSelect({ hco, product, choose }: { hco: string; product: string; choose: (product: string | undefined) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const adoptions = useQuery({
    ...shortListQuery("adoption", { filter: is("hco", hco), expand: ["product"], limit: 100 }),
    enabled: model.may("adoption", "read"),
  });
  const products = (adoptions.data?.items ?? []).flatMap((adoption) => expanded(adoption, "product") ?? []);
  if (products.length === 0) return null;
  return (
    <NativeSelect
      size="md"
      aria-label={t("hco.path_product_label")}
      value={product}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[{ value: "", label: t("hco.path_any") }, ...products.map(({ id, title }) => ({ value: id, label: title ?? "" }))]}
    />
  );
}

/** All that is missing, counted: roles without a person, and what is to be noticed about people. */
function Gaps({ map }: { map: InstitutionMap }) {
  const { t } = useTranslation();
  const model = useModel();
  const empty = map.roles.filter(({ gap }) => gap);
  const marks = new Map<string, number>();
  for (const mark of map.people.flatMap((person) => person.marks)) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  if (empty.length === 0 && marks.size === 0) return null;
  return (
    <ul className={styles.gaps} aria-label={t("hco.map_gaps")}>
      {empty.map(({ role, label }) => (
        <li key={role}>
          <Badge tone="warn" icon="warning">
            {t("hco.gap_role", { role: label })}
          </Badge>
        </li>
      ))}
      {[...marks].map(([mark, count]) => (
        <li key={mark}>
          <Badge tone="warn" icon="warning">
            {t("hco.gap_people", { gap: model.markLabel("hcp", mark), count })}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
