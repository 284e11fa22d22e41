import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import styles from "./TodoCard.module.css";

/** Where a promise or a task came from: a rule or a playbook by its name, or the visit at which it was made. */
export function TodoSource({ record }: { record: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const [kind, name] = typeof record["source"] === "string" ? record["source"].split(":") : [];
  const made = (kind === "rule" || kind === "playbook") && name !== undefined ? kind : null;
  const rule = made === null || name === undefined ? null : (model.sourceLabel(made, name) ?? name);
  const visit = expanded(record, "visit");
  if (rule === null && visit === null) return null;
  return (
    <p className={styles.source}>
      {rule !== null && <span>{t(made === "playbook" ? "todo.from_playbook" : "todo.from_rule", { rule })}</span>}
      {rule === null && visit !== null && (
        <Link to="/visit/$id" params={{ id: visit.id }}>
          {t("todo.from_visit", { visit: visit.title })}
        </Link>
      )}
    </p>
  );
}
