import { useTranslation } from "react-i18next";
import { HelpButton } from "../help/HelpButton";
import { ActionIcon } from "../ui/Button";
import { Icon } from "../ui/icons";
import { KeyHint } from "../ui/marks";
import { show } from "./front";
import { NotificationBell } from "./NotificationBell";
import { PersonMenu } from "./PersonMenu";
import styles from "./Shell.module.css";

/** What is at hand on every screen: above it on a phone, at the side elsewhere. Each is one button of 44 px. */
export function Tools() {
  const { t } = useTranslation();
  return (
    <div className={styles.tools} role="group" aria-label={t("nav.tools")}>
      <PaletteButton />
      <HelpButton />
      <NotificationBell />
      <PersonMenu />
    </div>
  );
}

function PaletteButton() {
  const { t } = useTranslation();
  const open = () => show("palette");
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size={44} className={styles.find} data-tour="find" onClick={open} aria-label={t("palette.open")}>
        <Icon name="search" size={22} />
      </ActionIcon>
      <button type="button" className={styles.findWide} data-tour="find" onClick={open} aria-label={t("palette.open")} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" size={18} />
        <span>{t("shortcuts.search")}</span>
        <KeyHint keys="Mod+K" quiet />
      </button>
    </>
  );
}
