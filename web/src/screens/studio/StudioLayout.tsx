import { Outlet, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { EmptyState, RowSkeletons } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";
import styles from "./Studio.module.css";
import { sections } from "./sections";

/** What the business consists of, kind by kind, for those who may change it. */
export function StudioLayout() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  if (useMe().may.configure !== true) {
    return (
      <>
        <h1 className={styles.alone}>{t("studio.label")}</h1>
        <EmptyState icon="lock" title={t("studio.not_permitted")}>
          {t("studio.not_permitted_help")}
        </EmptyState>
      </>
    );
  }
  return (
    <div className={styles.layout}>
      <Tabs
        label={t("studio.label")}
        tabs={sections.map(({ to, key }) => ({ label: t(key), link: { to }, current: pathname.startsWith(to) }))}
      />
      <Suspense fallback={<RowSkeletons />}>
        <Outlet />
      </Suspense>
    </div>
  );
}
