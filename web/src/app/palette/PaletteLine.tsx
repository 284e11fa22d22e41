import { useModel } from "../../api/queries";
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
  const place = [record?.["department"], record?.["city"]].filter((part) => typeof part === "string").join(" · ");
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
        {place !== "" && <span className={styles.where}>{place}</span>}
      </span>
      {showObject && <span className={styles.where}>{model.objectLabel(line.object)}</span>}
    </>
  );
}
