import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { listChangesQuery, type ListQuery } from "../api/records";
import { refreshRows, rowsOf, type Rows, type RowsState } from "./rows";

/** The rows of a list, and their state; read again when records of the object have changed. */
export function useRows(object: string, query: ListQuery): { rows: Rows; state: RowsState } {
  const { i18n } = useTranslation();
  const reader = useMe().id;
  const key = JSON.stringify(query);
  const rows = useMemo(
    () => rowsOf(reader, object, JSON.parse(key) as ListQuery, i18n.language),
    [reader, object, key, i18n.language],
  );
  const state = useSyncExternalStore(rows.subscribe, rows.snapshot);
  useRefresh(object);
  return { rows, state };
}

/** What says that lists of an object are old: any change of its records, here or elsewhere. */
function useRefresh(object: string): void {
  const changed = useQuery(listChangesQuery(object)).dataUpdatedAt;
  const known = useRef({ object, changed });
  useEffect(() => {
    const before = known.current;
    known.current = { object, changed };
    if (before.object === object && before.changed !== 0 && before.changed !== changed) refreshRows(object);
  }, [object, changed]);
}
