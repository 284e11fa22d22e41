import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveState } from "../api/liveStream";
import { Icon } from "../ui/icons";
import styles from "./LiveUpdates.module.css";

/** How long it is said that all is well again. Milliseconds. */
const backFor = 4000;

/** Keeps what is shown as it is at the server, as long as somebody is signed in, and says when it cannot. */
export function LiveUpdates() {
  const { t } = useTranslation();
  const state = useLive();
  const shown = useShown(state);
  return (
    <div role="status" className={styles.place}>
      {shown && (
        <p className={styles.note} data-state={shown}>
          <Icon name={shown === "lost" ? "cloud_off" : "check"} size={16} />
          {t(shown === "lost" ? "notifications.live_lost" : "notifications.live_back")}
        </p>
      )}
    </div>
  );
}

/** Loaded after the screen: nothing that is seen waits for it. */
function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("off");
  useEffect(() => {
    let stop: (() => void) | null = null;
    let gone = false;
    void import("../api/liveStream").then(({ Live }) => {
      if (gone) return;
      const live = new Live(client, setState);
      live.start();
      stop = () => live.stop();
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [client]);
  return state;
}

/** Without a network the page says so elsewhere; a quiet word here is for a server that does not answer. */
function useShown(state: LiveState): "lost" | "back" | null {
  const [back, setBack] = useState(false);
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === "lost") wasLost.current = true;
    if (state !== "on" || !wasLost.current) return;
    wasLost.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), backFor);
    return () => clearTimeout(timer);
  }, [state]);
  if (state === "lost") return navigator.onLine ? "lost" : null;
  return back ? "back" : null;
}
