import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
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

/** A record of which only the id is known: its title once it is read, nothing where the reader may not. */
export function RecordTitle({ object, id }: { object: string; id: string }) {
  const found = useQuery(recordQuery(object, id));
  return found.data?.title === undefined ? "…" : <RecordLink object={object} id={id} title={found.data.title} />;
}
