import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isEditing } from "../../lib/editing";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { newVersionReady, onNewVersion, takeNewVersion } from "./newVersion";
import styles from "./NewVersion.module.css";

const lookEvery = 2000;

/** A quiet word that a new version is ready. It waits until no form is being filled in, and never acts by itself. */
export function NewVersion() {
  const { t } = useTranslation();
  const [isShown, show] = useState(false);
  const [isPutOff, putOff] = useState(false);
  useEffect(() => {
    const look = () => show(newVersionReady() && !isEditing());
    const stop = onNewVersion(look);
    const timer = setInterval(look, lookEvery);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
  return (
    <div role="status" className={styles.place}>
      {isShown && !isPutOff && (
        <div className={styles.notice}>
          <Icon name="up" size={18} />
          <span className={styles.text}>{t("install.new_version")}</span>
          <Button size="sm" onClick={takeNewVersion}>
            {t("install.reload")}
          </Button>
          <Button size="sm" variant="subtle" color="gray" onClick={() => putOff(true)}>
            {t("install.later")}
          </Button>
        </div>
      )}
    </div>
  );
}
