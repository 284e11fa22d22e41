import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { formatDay, formatTime } from "../../../lib/dates";
import { TemperatureBadge } from "../../../ui/Temperature";
import styles from "./Curve.module.css";
import type { Mark } from "./marks";

/** The mark that is looked at: by whom, at which visit, about what, and why. */
export function Detail({ mark }: { mark: Mark }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const instant = new Date(mark.at).toISOString();
  return (
    <section className={styles.detail} aria-label={t("curve.selected")} aria-live="polite">
      <p className={styles.what}>
        {mark.kind === "reading" && (
          <>
            {mark.previous !== null && mark.previous !== mark.code && (
              <>
                <TemperatureBadge code={mark.previous} />
                <span aria-hidden="true">→</span>
              </>
            )}
            <TemperatureBadge code={mark.code} />
          </>
        )}
        {mark.kind === "visit" && <strong>{t("curve.visit", { channel: model.choiceLabel("visit", "channel", mark.code) })}</strong>}
        {mark.kind === "memo" && <strong>{model.choiceLabel("memo", "kind", mark.code)}</strong>}
        <span className={styles.meta}>
          {[`${formatDay(instant, i18n.language, me.zone)} ${formatTime(instant, i18n.language, me.zone)}`, mark.by, mark.product]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </p>
      {mark.text !== null && <p>{mark.text}</p>}
      {mark.visit !== null && (
        <Link to="/visit/$id" params={{ id: mark.visit }} className={styles.link}>
          {t("curve.open_visit")}
        </Link>
      )}
    </section>
  );
}
