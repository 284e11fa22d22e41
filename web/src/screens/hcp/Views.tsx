import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HcpView } from "./routes";
import styles from "./Views.module.css";

/** The address differs only in its search: without this every part would count as the current one. */
const activeBySearch = { exact: true, includeSearch: true, explicitUndefined: true } as const;

const views: HcpView[] = ["timeline", "story", "profile"];

/** The parts of the page, each with an address of its own. */
export function Views({ view }: { view: HcpView }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.views} aria-label={t("hcp.views")}>
      {views.map((one) => (
        <Link
          key={one}
          from="/hcp/$id"
          to="/hcp/$id"
          search={{ view: one === "timeline" ? undefined : one }}
          className={styles.view}
          activeOptions={activeBySearch}
          aria-current={one === view ? "page" : undefined}
          resetScroll={false}
          replace
        >
          {t(`hcp.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
