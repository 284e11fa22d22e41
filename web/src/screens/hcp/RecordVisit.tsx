import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";

/** The way to the one thing done most; absent for those who record no visits. */
export function RecordVisit({ hcp, size }: { hcp: string; size: "md" | "lg" }) {
  const { t } = useTranslation();
  const model = useModel();
  if (!model.may("visit", "create")) return null;
  return (
    <ButtonLink
      to="/hcp/$id/visit/new"
      params={{ id: hcp }}
      size={size}
      fullWidth
      leftSection={<Icon name="pen" />}
    >
      {t("hcp.record")}
    </ButtonLink>
  );
}
