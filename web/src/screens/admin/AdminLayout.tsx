import { Outlet, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { EmptyState, RowSkeletons } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import styles from "./Admin.module.css";
import { sectionsFor } from "./sections";

/** The parts of the administration beside each other, and the one that is open. */
export function AdminLayout() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const shown = sectionsFor(useMe());
  if (shown.length === 0) {
    return (
      <>
        <h1 className={styles.alone}>{t("admin.label")}</h1>
        <EmptyState icon="lock" title={t("admin.not_permitted")}>
          {t("admin.not_permitted_help")}
        </EmptyState>
      </>
    );
  }
  return (
    <div className={styles.layout}>
      <Tabs
        label={t("admin.label")}
        tabs={shown.map(({ to, key }) => ({ label: t(key), link: { to }, current: pathname.startsWith(to) }))}
      />
      <Suspense fallback={<RowSkeletons />}>
        <Outlet />
      </Suspense>
    </div>
  );
}
