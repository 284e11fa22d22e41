import { Outlet, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/queries";
import { Page } from "../../ui/Page";
import { CardSkeletons } from "../../ui/parts";
import { Tabs } from "../../ui/Tabs";

const sections = [
  { to: "/settings/language", key: "settings.language_time" },
  { to: "/settings/appearance", key: "settings.appearance" },
  { to: "/settings/notifications", key: "settings.notifications" },
  { to: "/settings/mail", key: "settings.mail" },
  { to: "/settings/security", key: "settings.security" },
  { to: "/settings/tokens", key: "settings.tokens" },
] as const;

/** What concerns the person alone, each part under an address of its own. */
export function SettingsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const path = useLocation({ select: (location) => location.pathname });
  const tabs = sections.map(({ to, key }) => ({ label: t(key), link: { to }, current: path.startsWith(to) }));
  return (
    <Page title={t("settings.title")} hint={me.name} width="text">
      <Tabs label={t("settings.sections")} tabs={tabs} />
      <Suspense fallback={<CardSkeletons count={2} />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}
