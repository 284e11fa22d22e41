import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { isNear, timeLeft } from "../lib/timeLeft";
import { Fact } from "./parts";

const minute = 60_000;

/** The present minute, for all that counts down on a screen. */
function useMinute(): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, minute / 4);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / minute) * minute,
  );
}

/** What is left until an instant: "19 h left", or by how much it is over; in words, not by colour alone. */
export function TimeLeft({ due }: { due: string }) {
  const { t } = useTranslation();
  const now = useMinute();
  const { late, unit, count } = timeLeft(due, now);
  const text = t(`todo.${late ? "late" : "left"}_${unit}`, { count });
  if (late) {
    return (
      <Fact icon="clock" tone="late">
        {text}
      </Fact>
    );
  }
  return (
    <Fact icon="clock" {...(isNear(due, now) ? { tone: "soon" as const } : {})}>
      {text}
    </Fact>
  );
}
