import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { ActionIcon, Button } from "../ui/Button";
import { Icon } from "../ui/icons";
import { placeOf } from "./place";
import styles from "./Tour.module.css";
import { targetOf, type StepName } from "./tours";

interface TourProps {
  steps: readonly StepName[];
  /** Finished, or not wanted: it does not come again. */
  end: () => void;
  /** Not now: it comes again at another start. */
  later: () => void;
}

/** Points at one part of the screen after the other. It stands beside the work and never in its way. */
export function Tour({ steps, end, later }: TourProps) {
  const [place, setPlace] = useState(0);
  const step = steps[place];
  useEscape(end);
  if (step === undefined) return null;
  const isLast = place === steps.length - 1;
  return (
    <Step
      key={step}
      step={step}
      place={place}
      count={steps.length}
      back={place === 0 ? null : () => setPlace(place - 1)}
      next={isLast ? end : () => setPlace(place + 1)}
      end={end}
      later={later}
    />
  );
}

/** Escape ends it, unless something in front of it takes the key. */
function useEscape(end: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTaken = event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]") !== null;
      if (event.key === "Escape" && !isTaken) end();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [end]);
}

interface StepProps extends Omit<TourProps, "steps"> {
  step: StepName;
  place: number;
  count: number;
  back: (() => void) | null;
  next: () => void;
}

function Step({ step, place, count, back, next, end, later }: StepProps) {
  const { t } = useTranslation();
  const [title, text] = [useId(), useId()];
  const card = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  useBeside(step, card, ring);
  return (
    <>
      <div ref={ring} className={styles.ring} aria-hidden="true" />
      <div ref={card} className={styles.card} role="dialog" aria-labelledby={title} aria-describedby={text} tabIndex={-1}>
        <header className={styles.head}>
          <h2 id={title}>{t(`tour.${step}`)}</h2>
          <ActionIcon variant="subtle" color="gray" size={44} onClick={end} aria-label={t("tour.end")}>
            <Icon name="close" size={18} />
          </ActionIcon>
        </header>
        <p id={text}>{t(`tour.${step}_text`)}</p>
        <footer className={styles.foot}>
          <span className={styles.count}>{t("tour.place", { place: place + 1, count })}</span>
          {back === null ? (
            <Button variant="subtle" color="gray" size="sm" onClick={later}>
              {t("tour.later")}
            </Button>
          ) : (
            <Button variant="subtle" color="gray" size="sm" onClick={back}>
              {t("app.back")}
            </Button>
          )}
          <Button size="sm" onClick={next}>
            {t(place === count - 1 ? "tour.done" : "tour.next")}
          </Button>
        </footer>
      </div>
    </>
  );
}

/** Keeps card and ring at their part, wherever it moves; the card takes the focus once, so that it is read out. */
function useBeside(step: StepName, card: RefObject<HTMLDivElement | null>, ring: RefObject<HTMLDivElement | null>): void {
  const follow = useCallback(() => {
    const part = targetOf(step)?.getBoundingClientRect();
    if (part === undefined || card.current === null || ring.current === null) return;
    const screen = { width: innerWidth, height: innerHeight };
    const { left, top } = placeOf(part, card.current.getBoundingClientRect(), screen);
    card.current.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
    ring.current.style.translate = `${Math.round(part.left - 4)}px ${Math.round(part.top - 4)}px`;
    ring.current.style.width = `${Math.round(part.width + 8)}px`;
    ring.current.style.height = `${Math.round(part.height + 8)}px`;
  }, [step, card, ring]);
  useLayoutEffect(() => {
    targetOf(step)?.scrollIntoView({ block: "nearest" });
    follow();
    card.current?.focus({ preventScroll: true });
    addEventListener("scroll", follow, { passive: true, capture: true });
    addEventListener("resize", follow);
    return () => {
      removeEventListener("scroll", follow, { capture: true });
      removeEventListener("resize", follow);
    };
  }, [step, follow, card]);
}
