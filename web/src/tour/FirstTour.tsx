import { useEffect, useState } from "react";
import { usePreferences } from "../api/preferences";
import { useMe } from "../api/queries";
import { seenTour, showTour } from "./showing";
import { Tour } from "./Tour";
import { targetOf, tourOf, type StepName } from "./tours";

/** Today has what the steps point at once its lists stand; looked for so often. Milliseconds. */
const lookEvery = 250;

/** Shows somebody around Today. */
export function FirstTour() {
  const { keep } = usePreferences();
  const steps = useSteps();
  const end = () => {
    showTour("not_now");
    // A device without a network shows it again another time: no harm is done.
    keep(seenTour.name, seenTour.value).catch(() => {});
  };
  return steps === null ? null : <Tour steps={steps} end={end} later={() => showTour("not_now")} />;
}

/** The steps whose parts are on the screen, once Today stands. */
function useSteps(): readonly StepName[] | null {
  const { role } = useMe();
  const [steps, setSteps] = useState<readonly StepName[] | null>(null);
  useEffect(() => {
    if (steps !== null) return;
    const timer = setInterval(() => {
      const isLoading = document.querySelector("main [role=status] [data-animate]") !== null;
      if (isLoading || targetOf("welcome") === null) return;
      setSteps(tourOf(role).filter((step) => targetOf(step) !== null));
    }, lookEvery);
    return () => clearInterval(timer);
  }, [role, steps]);
  return steps;
}
