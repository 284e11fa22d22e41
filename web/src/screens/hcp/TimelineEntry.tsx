import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type TimelineEntry } from "../../api/shapes";
import { formatTime } from "../../lib/dates";
import { channelIcon } from "../../ui/channelIcon";
import { Icon, type IconName } from "../../ui/icons";
import { TemperatureBadge, TemperatureShape } from "../../ui/Temperature";
import styles from "./Timeline.module.css";

const objectIcons: Record<string, IconName> = {
  memo: "quote",
  sign: "flag",
  task: "task",
  promise: "promise",
  temperature_reading: "thermometer",
  handover: "customers",
};

/** Names of the people whom the entries speak of, by id, as the server sends them along. */
export type People = Record<string, string | undefined>;

function authorOf(record: AnyRecord, people: People): string | null {
  for (const field of ["by", "owner", "seen_by"]) {
    const title = expanded(record, field)?.title ?? people[String(record[field])];
    if (title !== undefined) return title;
  }
  return null;
}

/** One thing that happened; what an object shows follows from its fields. */
export function Entry({ entry, people }: { entry: TimelineEntry; people: People }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const record = entry.record as AnyRecord;
  const icon = entry.object === "visit" ? channelIcon(record["channel"]) : objectIcons[entry.object];
  const who = authorOf(record, people);
  const time = entry.at.includes("T") ? formatTime(entry.at, i18n.language, me.zone) : null;
  return (
    <li className={styles.entry} data-object={entry.object}>
      <span className={styles.dot}>
        {entry.object === "temperature_reading" ? (
          <TemperatureShape code={record["value"] as string | null} size={18} />
        ) : (
          <Icon name={icon ?? "clock"} size={18} />
        )}
      </span>
      <div className={styles.what}>
        <p className={styles.meta}>
          <span className={styles.object}>{model.objectLabel(entry.object)}</span>
          {[time, who].filter(Boolean).join(" · ")}
        </p>
        <EntryBody object={entry.object} record={record} title={entry.title} />
      </div>
    </li>
  );
}

function EntryBody({ object, record, title }: { object: string; record: AnyRecord; title: string }) {
  const model = useModel();
  switch (object) {
    case "visit":
      return <VisitBody visit={record} />;
    case "memo":
      return (
        <>
          <p className={styles.kind}>{model.choiceLabel("memo", "kind", String(record["kind"]))}</p>
          <p className={styles.text}>{String(record["text"] ?? title)}</p>
        </>
      );
    case "sign":
      return <p className={styles.text}>{model.choiceLabel("sign", "kind", String(record["kind"]))}</p>;
    case "temperature_reading":
      return <ReadingBody reading={record} />;
    default:
      return <DefaultBody object={object} record={record} title={title} />;
  }
}

function VisitBody({ visit }: { visit: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <>
      <p className={styles.kind}>
        {model.choiceLabel("visit", "channel", String(visit["channel"]))}
        {visit["temperature"] ? <TemperatureBadge code={String(visit["temperature"])} /> : null}
      </p>
      {visit["discussion"] || visit["quick_note"] ? (
        <p className={styles.text}>{String(visit["discussion"] ?? visit["quick_note"])}</p>
      ) : null}
      <Link to="/visit/$id" params={{ id: visit.id }} className={styles.open}>
        {t("timeline.open_visit")}
      </Link>
    </>
  );
}

function ReadingBody({ reading }: { reading: AnyRecord }) {
  const hasChanged = Boolean(reading["previous"]) && reading["previous"] !== reading["value"];
  return (
    <>
      <p className={styles.change}>
        {hasChanged ? (
          <>
            <TemperatureBadge code={String(reading["previous"])} />
            <Icon name="right" size={16} />
          </>
        ) : null}
        <TemperatureBadge code={reading["value"] as string | null} />
      </p>
      {reading["reason"] ? <p className={styles.text}>{String(reading["reason"])}</p> : null}
    </>
  );
}

function DefaultBody({ object, record, title }: { object: string; record: AnyRecord; title: string }) {
  const model = useModel();
  const state = record["state"];
  return (
    <p className={styles.text}>
      {title}
      {typeof state === "string" && <span className={styles.state}>{model.choiceLabel(object, "state", state)}</span>}
    </p>
  );
}
