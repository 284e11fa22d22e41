import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rulePreviewQuery, type DefinitionPart, type RulePreview as Preview } from "../../../api/definitions";
import { useMe } from "../../../api/queries";
import { formatDay } from "../../../lib/dates";
import { RecordLink } from "../../../record/RecordLink";
import { Icon } from "../../../ui/icons";
import { ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import type { Draft } from "../design/useDraft";
import styles from "../Studio.module.css";
import type { RuleBody } from "./rule";

const spans = [7, 30, 92] as const;

/** What the rule, as it stands here, would have done on what really happened. */
export function RulePreview({ body, draft }: { body: RuleBody; draft: Draft }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number>(30);
  const [asked, setAsked] = useState<DefinitionPart[] | null>(null);
  const preview = useQuery({ ...rulePreviewQuery(body.rule, asked ?? [], days), enabled: asked !== null });
  const now = partsOf(body, draft);
  const isOld = asked !== null && JSON.stringify(asked) !== JSON.stringify(now);
  return (
    <Section title={t("studio.rules.preview")} icon="history" hint={t("studio.rules.preview_hint")}>
      <div className={styles.box}>
        <div className={styles.marks}>
          <NativeSelect
            size="md"
            aria-label={t("studio.rules.preview_days")}
            value={String(days)}
            onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
            data={spans.map((value) => ({ value: String(value), label: t("studio.rules.last_days", { count: value }) }))}
          />
          <Button variant="default" size="md" leftSection={<Icon name="history" size={18} />} loading={preview.isFetching} onClick={() => setAsked(now)}>
            {t("studio.rules.preview_do")}
          </Button>
        </div>
        <div role="status">
          {isOld && <p className={styles.quiet}>{t("studio.rules.preview_old")}</p>}
          {preview.isFetching && <RowSkeletons count={2} />}
          {preview.isError && !preview.isFetching && <ErrorNotice error={preview.error} />}
          {preview.data && !preview.isFetching && <Foretold preview={preview.data} />}
        </div>
      </div>
    </Section>
  );
}

/** The rule as it stands here, and the texts that were changed with it. */
function partsOf(body: RuleBody, draft: Draft): DefinitionPart[] {
  const texts = draft.changed.filter(({ kind }) => kind === "templates");
  return [...texts.map(({ kind, name, body: text }) => ({ kind, name, body: text })), { kind: "rules", name: body.rule, body }];
}

const effects = ["tasks", "notices", "changes", "creations", "starts"] as const;

function Foretold({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  const most = Math.max(1, ...preview.by_day.map(({ count }) => count));
  const examples = [...preview.examples].sort((one, other) => other.at.localeCompare(one.at));
  const made = effects.filter((effect) => preview[effect] > 0);
  return (
    <div className={styles.texts}>
      <p className={styles.number}>
        {made.length === 0
          ? t("studio.rules.foretold_none", { count: preview.days })
          : made.map((effect) => t(`studio.rules.foretold_${effect}`, { count: preview[effect] })).join(" ")}
      </p>
      {preview.count > 0 && <p className={styles.quiet}>{t("studio.rules.foretold_records", { count: preview.records })}</p>}
      {preview.waiting !== null && <p>{t("studio.rules.waiting", { count: preview.waiting })}</p>}
      {preview.count > 0 && (
        <div className={styles.days} role="img" aria-label={t("studio.rules.by_day")}>
          {preview.by_day.map(({ day, count }) => (
            <span
              key={day}
              data-some={count > 0 || undefined}
              title={`${formatDay(day, i18n.language, zone)}: ${count}`}
              style={{ height: `${(100 * count) / most}%` }}
            />
          ))}
        </div>
      )}
      {examples.length > 0 && (
        <ul className={styles.rows}>
          {examples.map((example) => (
            <li key={`${example.id} ${example.at}`}>
              <span className={styles.quiet}>{formatDay(example.at, i18n.language, zone)}</span>
              <span className={styles.grow}>
                <RecordLink object={preview.object} id={example.id} title={example.text || example.title} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
