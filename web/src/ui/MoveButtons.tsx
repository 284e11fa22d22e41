import { useTranslation } from "react-i18next";
import { ActionIcon } from "./Button";
import { Icon } from "./icons";

interface MoveButtonsProps {
  /** What is moved, as people call it. */
  what: string;
  /** Its place among so many. */
  index: number;
  count: number;
  move: (by: -1 | 1) => void;
}

/** Moves something up and down in its list, for those who do not drag. */
export function MoveButtons({ what, index, count, move }: MoveButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size={44} disabled={index === 0} aria-label={t("ui.move_up", { what })} onClick={() => move(-1)}>
        <Icon name="up" />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={44} disabled={index === count - 1} aria-label={t("ui.move_down", { what })} onClick={() => move(1)}>
        <Icon name="down" />
      </ActionIcon>
    </>
  );
}
