import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { useSendInquiry, type QuestionGroup } from "../../api/review";
import type { AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { randomId } from "../../lib/ids";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Chip, Chips } from "../../ui/marks";
import { Fact, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { RecordLink } from "../../record/RecordLink";
import styles from "./Review.module.css";
import { Trend } from "./Trend";

export type GroupInquiry = Pick<AnyRecord, "id" | "title">;

interface GroupCardProps {
  group: QuestionGroup;
  week: string;
  /** What was sent to medical affairs of it. */
  inquiry: GroupInquiry | null;
}

/** One question as it was asked most, how often, by whom, and every record that it was found in. */
export function GroupCard({ group, week, inquiry }: GroupCardProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <p className={styles.question}>{group.question}</p>
        <Trend weeks={group.trend} />
      </div>
      <p className={styles.facts}>
        <Fact icon="chat">{t("review.times", { count: group.count })}</Fact>
        <Fact icon="person">{t("review.askers", { count: group.askers })}</Fact>
        {group.product_title !== "" && <Fact icon="product">{group.product_title}</Fact>}
      </p>
      {group.subjects.length > 0 && (
        <Chips>
          {group.subjects.map((subject) => (
            <Chip key={subject}>{model.choiceLabel("topic", "subjects", subject)}</Chip>
          ))}
        </Chips>
      )}
      <Sources group={group} />
      <div className={styles.actions}>
        {inquiry !== null ? (
          <RecordLink object="inquiry" id={inquiry.id} title={t("review.sent_open")} />
        ) : (
          model.may("inquiry", "create") && <Send group={group} week={week} />
        )}
      </div>
    </li>
  );
}

function Sources({ group }: { group: QuestionGroup }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  return (
    <details className={styles.sources}>
      <summary>{t("review.sources", { count: group.count })}</summary>
      <ul>
        {group.sources.map((source) => (
          <li key={source.topic}>
            <Link to="/visit/$id" params={{ id: source.visit }} className={styles.source}>
              {source.text}
            </Link>
            <span className={styles.soft}>
              {[
                source.hcp_title,
                source.owner_title,
                formatDay(source.held_at, i18n.language, me.zone),
                t("review.likeness", { percent: source.likeness }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {group.count > group.sources.length && (
        <p className={styles.soft}>{t("review.more_sources", { count: group.count - group.sources.length })}</p>
      )}
    </details>
  );
}

function Send({ group, week }: { group: QuestionGroup; week: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const [key] = useState(randomId);
  const send = useSendInquiry();
  return (
    <Button
      variant="default"
      size="md"
      leftSection={<Icon name="upload" size={18} />}
      loading={send.isPending}
      disabled={send.isSuccess}
      onClick={() =>
        send.mutate(
          { key, group, week, question: group.question },
          { onSuccess: () => toast({ text: t("review.sent") }), onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
        )
      }
    >
      {t("review.send")}
    </Button>
  );
}
