import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTouch } from "../../api/day";
import { useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { CardAction, CardActions } from "../../ui/CardActions";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { AnswerDialog } from "./AnswerDialog";
import styles from "./RecordedVisit.module.css";

/** One thing raised at a visit; one tap says that it is answered, or open again. */
export function TopicCard({ topic }: { topic: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const touch = useTouch();
  const isOpen = topic["state"] === "open";
  const text = String(topic["text"] ?? "");
  const [isAnswering, setAnswering] = useState(false);
  const answer = typeof topic["answer"] === "string" ? topic["answer"] : null;
  const toggle = () =>
    touch.mutate(
      { object: "topic", id: topic.id, change: { state: isOpen ? "answered" : "open" } },
      { onError: (error) => toast({ text: textOf(error), tone: "bad" }) },
    );
  const about = [
    model.choiceLabel("topic", "kind", String(topic["kind"])),
    typeof topic["competitor"] === "string" ? topic["competitor"] : null,
    typeof topic["direction"] === "string" ? model.choiceLabel("topic", "direction", topic["direction"]) : null,
    expanded(topic, "product")?.title,
    model.choiceLabel("topic", "state", String(topic["state"])),
  ];
  return (
    <li className={styles.plain}>
      <p className={styles.soft}>{about.filter(Boolean).join(" · ")}</p>
      <p>{text}</p>
      {answer !== null && <p className={styles.answer}>{answer}</p>}
      {model.may("topic", "update") && (
        <CardActions>
          <CardAction
            icon={isOpen ? "check" : "undo"}
            label={t(isOpen ? "visit.topic_answered" : "visit.topic_reopen")}
            about={text}
            onClick={toggle}
          />
          <CardAction icon="pen" label={t("visit.answer_add")} about={text} onClick={() => setAnswering(true)} />
        </CardActions>
      )}
      {isAnswering && <AnswerDialog topic={topic} close={() => setAnswering(false)} />}
    </li>
  );
}
