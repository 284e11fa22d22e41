import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { rehearsalProgressQuery } from "../../api/imports";
import { Button } from "../../ui/Button";
import { Progress } from "../../ui/marks";
import styles from "./Imports.module.css";
import type { Rehearsing } from "./useRehearsal";

/** As long as nobody wonders. */
const moment = 1000;

interface CheckingProps {
  id: string;
  /** Undefined when it was asked for already. */
  cancel: (() => void) | undefined;
}

/** A reading of the whole file that lasts: after a moment how far it is, and the way to stop it. */
export function Checking({ id, cancel }: CheckingProps) {
  const { t, i18n } = useTranslation();
  const isLong = useMoment();
  const { data } = useQuery({ ...rehearsalProgressQuery(id), enabled: isLong });
  if (!isLong) return null;
  const rows = new Intl.NumberFormat(i18n.language).format(data?.rows ?? 0);
  const isKnown = cancel !== undefined && data != null && data.rows > 0 && data.size > 0;
  return (
    <div className={styles.panel}>
      <Progress
        label={cancel === undefined ? t("imports.checking_stops") : isKnown ? t("imports.checking_rows", { rows }) : t("imports.checking_begins")}
        value={isKnown ? data.bytes : null}
        max={data?.size ?? 0}
        cancel={cancel}
      />
      <p className={styles.quiet}>{t("imports.checking_hint")}</p>
    </div>
  );
}

/** True when this part has stood for a moment. */
function useMoment(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), moment);
    return () => clearTimeout(timer);
  }, []);
  return isOver;
}

/** Who stopped a check by the keyboard goes on where it can be begun again. */
export function Stopped({ told }: { told: Rehearsing }) {
  const { t } = useTranslation();
  const isOld = told.rehearsal?.counts !== undefined && told.isOutdated;
  return (
    <div className={styles.notice}>
      <p role="status">{t("imports.checking_stopped")}</p>
      {isOld && <p>{t("imports.outdated")}</p>}
      <div className={styles.row}>
        <Button variant="default" size="md" onClick={told.again} autoFocus>
          {t("imports.check_again")}
        </Button>
      </div>
    </div>
  );
}
