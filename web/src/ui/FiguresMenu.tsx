import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { dashboardFile, knownValues } from "../api/dashboard";
import { mailQuery } from "../api/mail";
import { ActionIcon, Button } from "./Button";
import { Icon } from "./icons";
import { Menu, MenuItem, MenuLine, MenuLink } from "./Menu";

interface FiguresMenuProps {
  dashboards: { name: string; label: string; parameters?: string[] }[];
  /** What they are narrowed by: the files are narrowed alike. */
  values?: Record<string, string>;
  /** Only the sign, where the words would be in the way of what one does there every day. */
  look?: "words" | "sign";
}

/** Dashboards as files: all their figures and lists, as they are shown. */
export function FiguresMenu({ dashboards, values = {}, look = "words" }: FiguresMenuProps) {
  const { t } = useTranslation();
  const mails = useQuery(mailQuery).data?.available ?? false;
  return (
    <Menu
      label={t("figures.download")}
      trigger={(props) =>
        look === "sign" ? (
          <ActionIcon variant="subtle" color="gray" aria-label={t("figures.download")} title={t("figures.download")} {...props}>
            <Icon name="download" />
          </ActionIcon>
        ) : (
          <Button variant="default" size="md" leftSection={<Icon name="download" />} {...props}>
            {t("figures.download")}
          </Button>
        )
      }
    >
      {dashboards.flatMap((dashboard) =>
        (["xlsx", "csv"] as const).map((format) => (
          <MenuItem key={`${dashboard.name} ${format}`} icon="download" onSelect={() => location.assign(dashboardFile(dashboard, values, format))}>
            {t(`figures.download_${format}`, { label: dashboard.label })}
          </MenuItem>
        )),
      )}
      {mails && <MenuLine />}
      {mails &&
        dashboards.map((dashboard) => (
          <MenuLink key={dashboard.name} icon="mail" to="/settings/mail" search={{ subscribe: dashboard.name, ...knownValues(dashboard, values) }}>
            {t("figures.download_mail", { label: dashboard.label })}
          </MenuLink>
        ))}
    </Menu>
  );
}
