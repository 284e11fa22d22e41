import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../lib/shortcuts";
import { ActionIcon } from "../ui/Button";
import { Icon } from "../ui/icons";
import { recordAddress } from "../lib/recordAddress";
import { contextOf, type ListContext } from "./context";
import styles from "./List.module.css";
import { useRows } from "./useRows";

interface ListStepsProps {
  object: string;
  id: string;
}

/** The way to the next and the one before in the list that this record was opened from; nothing without one. */
export function ListSteps({ object, id }: ListStepsProps) {
  const { list } = useSearch({ strict: false }) as { list?: string };
  const context = useMemo(() => (list === undefined ? null : contextOf(list)), [list]);
  if (context === null || context.object !== object) return null;
  return <Steps context={context} id={id} />;
}

/** How far a record is looked for in its list, when the page was loaded anew. */
const farthest = 20_000;

function Steps({ context, id }: { context: ListContext; id: string }) {
  const { t } = useTranslation();
  const { rows, state } = useRows(context.object, context.query);
  // A record that has just left its list keeps its place, so that the next one is still the next.
  const known = useRef({ id, at: -1 });
  const found = rows.indexOf(id);
  if (found >= 0) known.current = { id, at: found };
  const at = found >= 0 ? found : known.current.id === id ? known.current.at : -1;
  useEffect(() => {
    const isFar = state.loaded >= farthest || (state.total !== null && state.loaded >= state.total);
    if (at >= 0) rows.want(Math.max(at - 1, 0), at + 2);
    else if (!isFar) rows.want(state.loaded, state.loaded + 1000);
  }, [rows, at, state.loaded, state.total]);
  const before = at > 0 ? rows.idAt(at - 1) : undefined;
  const next = at >= 0 ? rows.idAt(found >= 0 ? at + 1 : at) : undefined;
  const go = useGo(context.object);
  useShortcuts([
    { keys: "j", label: t("list.step_next"), group: "screen", run: () => go(next) },
    { keys: "k", label: t("list.step_before"), group: "screen", run: () => go(before) },
  ]);
  const total = state.total ?? 0;
  return (
    <nav className={styles.steps} aria-label={t("list.steps")}>
      <Link to={context.back as "/"} className={styles.stepsBack}>
        <Icon name="list" size={16} />
        {t("list.back")}
      </Link>
      <ActionIcon variant="default" size={44} disabled={before === undefined} onClick={() => go(before)} aria-label={t("list.step_before")} aria-keyshortcuts="k">
        <Icon name="up" size={18} />
      </ActionIcon>
      <ActionIcon variant="default" size={44} disabled={next === undefined} onClick={() => go(next)} aria-label={t("list.step_next")} aria-keyshortcuts="j">
        <Icon name="down" size={18} />
      </ActionIcon>
      {at >= 0 && total > 0 && <span className={styles.stepsAt}>{t("list.at", { at: at + 1, total })}</span>}
    </nav>
  );
}

/** To another record of the list, with the same part of its page open. */
function useGo(object: string): (id: string | undefined) => void {
  const router = useRouter();
  return useCallback(
    (id) => {
      if (id === undefined) return;
      void router.navigate({ to: recordAddress(object, id) as "/", search: ((before: object) => before) as never });
    },
    [router, object],
  );
}
