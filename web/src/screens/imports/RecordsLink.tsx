import { useTranslation } from "react-i18next";
import type { Import } from "../../api/imports";
import { ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";

/** The records that the import made: those with a list of conditions by who made them and when, others newest first. */
export function RecordsLink({ record }: { record: Import }) {
  const { t } = useTranslation();
  const { object, counts, run_by, run_at, finished_at } = record;
  if (!counts?.created || !run_by || !run_at || !finished_at) return null;
  const common = { size: "md", leftSection: <Icon name="list" size={18} />, children: t("imports.see_records") } as const;
  if (object !== "hcp" && object !== "hco") {
    return <ButtonLink {...common} to="/o/$object" params={{ object }} search={{ sort: "-created_at" }} />;
  }
  const filter = {
    and: [
      { "==": [{ var: "created_by" }, run_by] },
      { ">=": [{ var: "created_at" }, run_at] },
      { "<=": [{ var: "created_at" }, finished_at] },
    ],
  };
  return <ButtonLink {...common} to="/customers" search={{ object, filter }} />;
}
