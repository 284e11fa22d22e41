import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useColours, type ColourScheme } from "../../ui/colours";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";

/** Light or dark: a matter of the device and the light around it. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { scheme, choose } = useColours();
  return (
    <Setting title={t("me.colours")} help={t("settings.colours_help")}>
      <div className={styles.narrow}>
        <SegmentedControl
          fullWidth
          withItemsBorders={false}
          size="md"
          aria-label={t("me.colours")}
          value={scheme}
          onChange={(value) => choose(value as ColourScheme)}
          data={[
            { value: "auto", label: t("me.colours_auto") },
            { value: "light", label: t("me.colours_light") },
            { value: "dark", label: t("me.colours_dark") },
          ]}
        />
      </div>
    </Setting>
  );
}
