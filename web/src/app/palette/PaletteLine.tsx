import { useQuery } from "@tanstack/react-query";
import type { Field } from "../../api/model";
import { useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { Icon } from "../../ui/icons";
import { KeyHint } from "../../ui/marks";
import { TemperatureMark } from "../../ui/Temperature";
import type { Line } from "./lines";
import styles from "./Palette.module.css";

interface PaletteLineProps {
  id: string;
  line: Line;
  selected: boolean;
  /** Where records of several objects stand together. */
  showObject: boolean;
  choose: () => void;
}

export function PaletteLine({ id, line, selected, showObject, choose }: PaletteLineProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.line}
      // The pointer must not take the focus out of the input.
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      {line.kind === "action" ? <ActionFace line={line} /> : <RecordFace line={line} showObject={showObject} />}
    </div>
  );
}

function ActionFace({ line }: { line: Extract<Line, { kind: "action" }> }) {
  const { action } = line;
  return (
    <>
      <span className={styles.mark}>
        <Icon name={action.icon ?? "right"} size={18} />
      </span>
      <span className={styles.text}>{action.label}</span>
      {action.keys && <KeyHint keys={action.keys} quiet />}
    </>
  );
}

function RecordFace({ line, showObject }: { line: Extract<Line, { kind: "record" }>; showObject: boolean }) {
  const model = useModel();
  const record = line.hit?.record;
  const temperature = record?.["temperature"];
  const said = record === undefined ? "" : saidIn(record, model.object(line.object)?.fields ?? []);
  return (
    <>
      {typeof temperature === "string" ? (
        <TemperatureMark code={temperature} />
      ) : (
        <span className={styles.mark}>
          <Icon name={line.object === "hcp" ? "person" : line.object === "hco" ? "building" : "record"} size={18} />
        </span>
      )}
      <span className={styles.text}>
        {line.title}
        {record !== undefined && line.object !== "hcp" && <Whose record={record} />}
        {said !== "" && <span className={styles.where}>{said}</span>}
      </span>
      {showObject && <span className={styles.where}>{model.objectLabel(line.object)}</span>}
    </>
  );
}

/** So many characters of a text say which one it is. */
const firstWords = 60;

/** What tells a record from others of the same title: where somebody works, the first words of a text. */
function saidIn(record: AnyRecord, fields: readonly Field[]): string {
  const place = [record["department"], record["city"]].filter((part) => typeof part === "string").join(" · ");
  if (place !== "") return place;
  const text = fields.find((field) => field.type === "long_text" && typeof record[field.name] === "string");
  const words = text === undefined ? "" : String(record[text.name]);
  return words.length > firstWords ? `${words.slice(0, firstWords)}…` : words;
}

/** Whose memo, promise or visit it is. */
function Whose({ record }: { record: AnyRecord }) {
  const hcp = record["hcp"];
  const found = useQuery({ ...recordQuery("hcp", String(hcp)), enabled: typeof hcp === "string" });
  const name = found.data?.title;
  return name === undefined || record.title?.includes(name) ? null : <span className={styles.where}>{name}</span>;
}
