import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icons";
import styles from "./Connection.module.css";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** What a person should know while the device has no network: what still works, and what waits. */
export function Connection() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!isOnline && (
        <p className={styles.offline}>
          <Icon name="cloud_off" size={18} />
          <span>{t("install.offline")}</span>
        </p>
      )}
    </div>
  );
}
