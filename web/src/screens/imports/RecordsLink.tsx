import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/imports";
import { Icon } from "../../ui/icons";

/** The records that the import made, by who made them and when; only of objects that have a list. */
export function RecordsLink({ record }: { record: Import }) {
  const { t } = useTranslation();
  const { object, counts, run_by, run_at, finished_at } = record;
  const hasList = object === "hcp" || object === "hco";
  if (!hasList || !counts?.created || !run_by || !run_at || !finished_at) return null;
  const filter = JSON.stringify({
    and: [
      { "==": [{ var: "created_by" }, run_by] },
      { ">=": [{ var: "created_at" }, run_at] },
      { "<=": [{ var: "created_at" }, finished_at] },
    ],
  });
  const search = { object, filter } as never;
  return (
    <Button
      size="md"
      leftSection={<Icon name="list" size={18} />}
      renderRoot={(props) => <Link {...props} to="/customers" search={search} />}
    >
      {t("imports.see_records")}
    </Button>
  );
}
