import { useTranslation } from "react-i18next";
import { signOut } from "../api/changes";
import { useMe, useModel } from "../api/queries";
import { ActionIcon } from "../ui/Button";
import { colourSchemes, useColours } from "../ui/colours";
import { Icon } from "../ui/icons";
import { Menu, MenuItem, MenuLine, MenuLink, MenuTitle } from "../ui/Menu";
import { show } from "./front";
import { useLeave } from "./useLeave";

/** What concerns the person: who they are here, settings, colours, the way out. */
export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const { leave } = useLeave(signOut);
  const { scheme: chosen, choose } = useColours();
  return (
    <Menu
      label={t("nav.me")}
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size={44} aria-label={t("nav.person", { name: me.name })}>
          <Icon name="person" size={22} />
        </ActionIcon>
      )}
    >
      <MenuTitle>
        {me.name} · {model.choiceLabel("user", "role", me.role)}
      </MenuTitle>
      <MenuLink to="/settings" icon="settings">
        {t("me.settings")}
      </MenuLink>
      <MenuItem icon="keyboard" onSelect={() => show("shortcuts")}>
        {t("shortcuts.title")}
      </MenuItem>
      <MenuLine />
      {colourSchemes.map((scheme) => (
        <MenuItem key={scheme} checked={scheme === chosen} onSelect={() => choose(scheme)}>
          {t("me.colours")}: {t(`me.colours_${scheme}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon="out" onSelect={leave}>
        {t("me.sign_out")}
      </MenuItem>
    </Menu>
  );
}
