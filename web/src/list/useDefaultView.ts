import { usePreferences } from "../api/preferences";

const preference = "views";

interface DefaultView {
  /** The view that opens when the address names none; null for the plain list. */
  id: string | null;
  choose: (id: string | null) => Promise<void>;
}

/** A person's own beginning of a list, the same on every device. */
export function useDefaultView(object: string): DefaultView {
  const { preferences, keep } = usePreferences();
  const kept = preferences[preference];
  const byObject = typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  const id = byObject[object];
  return {
    id: typeof id === "string" ? id : null,
    choose: (next) => {
      const { [object]: _, ...others } = byObject;
      return keep(preference, next === null ? others : { ...others, [object]: next });
    },
  };
}
