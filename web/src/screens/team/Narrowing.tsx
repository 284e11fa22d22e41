import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Kept, Parameter } from "../../api/dashboard";
import { shortListQuery } from "../../api/day";
import { RecordsLink } from "../../ui/RecordsLink";
import styles from "./Figures.module.css";
import { asTree } from "./tree";

/** By what the figures are narrowed: kept in the address, so that a link shows the same. */
export function Narrowing({ parameters, kept }: { parameters: Parameter[]; kept: Kept[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.narrowed} role="group" aria-label={t("figures.narrow")}>
      <div className={styles.narrowing}>
      {parameters.map((parameter) =>
        parameter.reference === undefined ? (
          <Choice key={parameter.name} parameter={parameter} options={(parameter.choices ?? []).map(({ code, label }) => ({ value: code, label }))} />
        ) : (
          <RecordChoice key={parameter.name} parameter={parameter} object={parameter.reference} />
        ),
      )}
      </div>
      {kept.length > 0 && <KeptLine kept={kept} />}
    </div>
  );
}

/** How much is left: a figure that is small because of a choice shall not look small by itself. */
function KeptLine({ kept }: { kept: Kept[] }) {
  const { t } = useTranslation();
  return (
    <p className={styles.kept} role="status">
      {kept.map(({ object, label, count, of, filter }) => (
        <RecordsLink key={object} object={object} filter={filter} className={styles.keptOne} label={t("figures.kept", { label, count, of })}>
          {t("figures.kept", { label, count, of })}
        </RecordsLink>
      ))}
    </p>
  );
}

const mostOffered = 500;

function RecordChoice({ parameter, object }: { parameter: Parameter; object: string }) {
  const { t } = useTranslation();
  const list = useQuery(shortListQuery(object, { limit: mostOffered, filter: parameter.filter }));
  const records = asTree(list.data?.items ?? [], parameter.below);
  const chosen = parameter.value !== undefined && !records.some(({ value }) => value === parameter.value);
  const missing = chosen ? [{ value: parameter.value ?? "", label: parameter.title ?? "" }] : [];
  const options = [{ value: "", label: t("figures.all") }, ...missing, ...records];
  return <Choice parameter={parameter} options={options} />;
}

function Choice({ parameter, options }: { parameter: Parameter; options: { value: string; label: string }[] }) {
  const navigate = useNavigate();
  const choose = (value: string) =>
    void navigate({
      to: ".",
      search: ((before: Record<string, unknown>) => ({ ...before, [parameter.name]: value === "" ? undefined : value })) as never,
      replace: true,
      resetScroll: false,
    });
  return (
    <NativeSelect
      label={parameter.label}
      data={options}
      value={parameter.value ?? ""}
      onChange={(event) => choose(event.currentTarget.value)}
      size="md"
    />
  );
}
