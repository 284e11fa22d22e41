import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { playbookVersionsQuery } from "../../api/playbooks";
import { Icon } from "../../ui/icons";
import styles from "./PlaybookVersions.module.css";

/** One line where a team is led, only while there are such runs. */
export function OldVersions() {
  const { t } = useTranslation();
  const versions = useQuery(playbookVersionsQuery);
  const count = (versions.data ?? []).reduce((sum, version) => sum + version.count, 0);
  if (count === 0) return null;
  return (
    <Link to="/playbooks" className={styles.notice}>
      <Icon name="plan" size={18} />
      <span>{t("playbooks.versions_notice", { count })}</span>
      <Icon name="right" size={18} />
    </Link>
  );
}
