import { useTranslation } from "react-i18next";
import type { Definition } from "../../../api/definitions";
import { Badge } from "../../../ui/marks";

/** Whether a definition is as shipped, changed, added or taken away. */
export function OriginMark({ definition: { origin, version } }: { definition: Pick<Definition, "origin" | "version"> }) {
  const { t } = useTranslation();
  if (origin === "shipped") return <>{t("studio.origin_shipped")}</>;
  return (
    <Badge tone={origin === "published" ? "accent" : "plain"} icon={origin === "published" ? "pen" : "trash"}>
      {t(`studio.origin_${origin}`, { version })}
    </Badge>
  );
}
