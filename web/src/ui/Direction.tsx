import { useModel } from "../api/queries";
import styles from "./Temperature.module.css";
import { Icon } from "./icons";

export type Direction = "up" | "steady" | "down";

const icons = { up: "up", steady: "level", down: "down" } as const;

/** Where a temperature is heading: an arrow and its word. */
export function DirectionWord({ direction }: { direction: string | null | undefined }) {
  const model = useModel();
  if (direction !== "up" && direction !== "steady" && direction !== "down") return <>–</>;
  return (
    <span className={styles.direction} data-direction={direction}>
      <Icon name={icons[direction]} size={15} />
      {model.choiceLabel("hcp", "temperature_direction", direction)}
    </span>
  );
}
