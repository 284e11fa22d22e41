import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { scorePreviewQuery, type Body, type ScorePreview as Preview } from "../../../api/definitions";
import { RecordLink } from "../../../record/RecordLink";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import styles from "../Studio.module.css";

/** Whom the weights and bounds, as they stand here, would move: seen before they are published. */
export function ScorePreview({ name, body }: { name: string; body: Body }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Body | null>(null);
  const preview = useQuery({ ...scorePreviewQuery(name, asked ?? {}), enabled: asked !== null });
  const isOld = asked !== null && JSON.stringify(asked) !== JSON.stringify(body);
  return (
    <Section title={t("studio.score.preview")} icon="customers" hint={t("studio.score.preview_hint")}>
      <div className={styles.box}>
        <Button variant="default" size="md" leftSection={<Icon name="customers" size={18} />} loading={preview.isFetching} onClick={() => setAsked(body)}>
          {t("studio.score.preview_do")}
        </Button>
        <div role="status">
          {isOld && <p className={styles.quiet}>{t("studio.rules.preview_old")}</p>}
          {preview.isFetching && <RowSkeletons count={2} />}
          {preview.isError && !preview.isFetching && <ErrorNotice error={preview.error} />}
          {preview.data && !preview.isFetching && <Moves preview={preview.data} />}
        </div>
      </div>
    </Section>
  );
}

function Moves({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const none = t("studio.score.no_level");
  return (
    <div className={styles.texts}>
      <p className={styles.number}>{preview.moved === 0 ? t("studio.score.nobody_moves") : t("studio.score.moved", { count: preview.moved })}</p>
      <p className={styles.quiet}>{t("studio.score.changed", { count: preview.changed })}</p>
      <ul className={styles.rows}>
        {preview.levels.map(({ level, label, before, after }) => (
          <li key={level}>
            <b>{label}</b> <span>{before === after ? before : t("value.points_from_to", { from: before, to: after })}</span>
          </li>
        ))}
      </ul>
      {preview.moves.map((move) => (
        <details key={`${move.from} ${move.to}`} open={preview.moves.length === 1}>
          <summary>
            {t("studio.score.step", { from: move.from_label ?? none, to: move.to_label ?? none, count: move.count })}
          </summary>
          <ul className={styles.rows}>
            {move.records.map((record) => (
              <li key={record.id}>
                <span className={styles.grow}>
                  <RecordLink object={preview.object} id={record.id} title={record.title} />
                </span>
                <span className={styles.quiet}>{t("value.points_from_to", { from: record.points_before ?? 0, to: record.points ?? 0 })}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
