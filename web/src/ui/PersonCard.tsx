import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { expanded, type AnyRecord } from "../api/shapes";
import { displayName, readingOf, type NameParts } from "../lib/names";
import { TemperatureMark } from "./Temperature";
import styles from "./PersonCard.module.css";

interface PersonCardProps {
  hcp: AnyRecord;
  children?: ReactNode;
  /** What can be done from here with one tap. */
  action?: ReactNode;
}

/** A doctor in a list: the whole card opens the doctor's page, the action has a target of its own. */
export function PersonCard({ hcp, children, action }: PersonCardProps) {
  return (
    <li className={styles.card}>
      <TemperatureMark code={hcp["temperature"] as string | null} />
      <div className={styles.body}>
        <p className={styles.line}>
          <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.name} data-item>
            <PersonName person={hcp as NameParts} />
          </Link>
        </p>
        <PlaceLine hcp={hcp} />
        {children}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </li>
  );
}

export function PersonName({ person }: { person: NameParts & { kind?: unknown } }) {
  const { i18n } = useTranslation();
  const honorific = useHonorific();
  const reading = readingOf(person, i18n.language);
  return (
    <>
      <span className={reading ? styles.called : undefined}>{honorific(person)}</span>
      {reading && (
        <span className={styles.reading} lang={reading.language}>
          {reading.text}
        </span>
      )}
    </>
  );
}

/** Where somebody works: institution and department, on one line. */
export function PlaceLine({ hcp }: { hcp: { expanded?: unknown; department?: unknown } }) {
  const places = [expanded(hcp, "primary_hco")?.title, hcp.department as string | null].filter(Boolean);
  if (places.length === 0) return null;
  return (
    <span className={styles.place}>
      {places.map((place, index) => (
        <span key={index}>{place}</span>
      ))}
    </span>
  );
}

const addressed = ["doctor", "pharmacist", "head_nurse", "nurse"] as const;

/** The name with what a polite person adds to it, in the reader's language and for the bearer's profession. */
export function useHonorific(): (person: NameParts & { kind?: unknown }) => string {
  const { t, i18n } = useTranslation();
  return (person) => {
    const name = displayName(person, i18n.language);
    // Some lists do not tell the profession: the address that offends nobody then.
    if (typeof person.kind !== "string") return t("honorific.unknown", { name });
    return t(`honorific.${addressed.find((kind) => kind === person.kind) ?? "other"}`, { name });
  };
}
