import { useTranslation } from "react-i18next";
import { inARow } from "../lib/inARow";
import styles from "./parts.module.css";

/** Says by what a figure is not narrowed although the reader chose it: nobody shall take it for narrower than it is. */
export function NotNarrowed({ by, figure }: { by: string[] | undefined; figure?: string }) {
  const { t, i18n } = useTranslation();
  if (by === undefined || by.length === 0) return null;
  const what = inARow(i18n.language, by);
  return (
    <p className={styles.notNarrowed} role="note">
      {figure === undefined ? t("team.not_narrowed", { what }) : t("team.not_narrowed_figure", { figure, what })}
    </p>
  );
}
