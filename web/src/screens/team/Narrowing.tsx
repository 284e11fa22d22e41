import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Parameter } from "../../api/dashboard";
import { shortListQuery } from "../../api/day";
import styles from "./Figures.module.css";

/** By what the figures are narrowed: kept in the address, so that a link shows the same. */
export function Narrowing({ parameters }: { parameters: Parameter[] }) {
  const { t } = useTranslation();
  return (
    <div className={styles.narrowing} role="group" aria-label={t("figures.narrow")}>
      {parameters.map((parameter) =>
        parameter.reference === undefined ? (
          <Choice key={parameter.name} parameter={parameter} options={(parameter.choices ?? []).map(({ code, label }) => ({ value: code, label }))} />
        ) : (
          <RecordChoice key={parameter.name} parameter={parameter} object={parameter.reference} />
        ),
      )}
    </div>
  );
}

const mostOffered = 500;

function RecordChoice({ parameter, object }: { parameter: Parameter; object: string }) {
  const { t } = useTranslation();
  const list = useQuery(shortListQuery(object, { limit: mostOffered, filter: parameter.filter }));
  const records = (list.data?.items ?? []).map(({ id, title = "" }) => ({ value: id, label: title }));
  const chosen = parameter.value !== undefined && !records.some(({ value }) => value === parameter.value);
  const missing = chosen ? [{ value: parameter.value ?? "", label: parameter.title ?? "" }] : [];
  const options = [{ value: "", label: t("figures.all") }, ...missing, ...records.sort((a, b) => a.label.localeCompare(b.label))];
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
