import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useActiveShortcuts, type Shortcut } from "../../lib/shortcuts";
import { Dialog } from "../../ui/Dialog";
import { KeyHint } from "../../ui/marks";
import { useShortcutPreference } from "../useShortcutPreference";
import styles from "./ShortcutSheet.module.css";

const groups = ["screen", "everywhere", "go"] as const;

/** What works by key here and now, and the switch that turns it all off. */
export default function ShortcutSheet({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { on, turn } = useShortcutPreference();
  const active = useActiveShortcuts();
  return (
    <Dialog title={t("shortcuts.title")} close={close}>
      <Switch
        size="md"
        checked={on}
        onChange={(event) => turn(event.currentTarget.checked)}
        label={t("shortcuts.on")}
        description={t("shortcuts.on_help")}
        className={styles.switch}
      />
      {groups.map((group) => (
        <Keys key={group} title={t(`shortcuts.group_${group}`)} shortcuts={active.filter((one) => one.group === group)} />
      ))}
      <Keys title={t("shortcuts.group_always")} shortcuts={[{ keys: "Mod+K", label: t("palette.open") }, { keys: "Escape", label: t("app.close") }]} />
    </Dialog>
  );
}

function Keys({ title, shortcuts }: { title: string; shortcuts: Pick<Shortcut, "keys" | "label">[] }) {
  if (shortcuts.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className={styles.line}>
            <dt>{label}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
