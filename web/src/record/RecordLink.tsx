import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { recordQuery } from "../api/records";
import { recordAddress } from "../lib/recordAddress";
import styles from "./RecordFields.module.css";

/** A record by its title, leading to it. */
export function RecordLink({ object, id, title }: { object: string; id: string; title: string }) {
  return (
    <Link to={recordAddress(object, id) as "/"} className={styles.link}>
      {title}
    </Link>
  );
}

/** A record of which only the id is known: its title once it is read; who may not read it is told so. */
export function RecordTitle({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const found = useQuery(recordQuery(object, id));
  if (found.error instanceof ApiProblem && found.error.status < 500) return <span className={styles.none}>{t("record.not_yours")}</span>;
  return found.data?.title === undefined ? "…" : <RecordLink object={object} id={id} title={found.data.title} />;
}
