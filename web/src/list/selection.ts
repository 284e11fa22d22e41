/** Which rows of a list are chosen: some by their ids, or all that the list holds but some. */
export interface Selection {
  all: boolean;
  /** The chosen ones; with `all` those that are not. */
  ids: ReadonlySet<string>;
}

export const nothing: Selection = { all: false, ids: new Set() };
export const everything: Selection = { all: true, ids: new Set() };

export const isSelected = ({ all, ids }: Selection, id: string): boolean => ids.has(id) !== all;

export const countOf = ({ all, ids }: Selection, total: number): number => (all ? Math.max(total - ids.size, 0) : ids.size);

export function toggled({ all, ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { all, ids: next };
}

/** All of these rows chosen, or none of them. */
export function withRange({ all, ids }: Selection, range: string[], chosen: boolean): Selection {
  const next = new Set(ids);
  for (const id of range) {
    if (chosen === all) next.delete(id);
    else next.add(id);
  }
  return { all, ids: next };
}

/** What the server is told. */
export const bodyOf = ({ all, ids }: Selection): { ids: string[] } | { all: true; except: string[] } =>
  all ? { all: true, except: [...ids] } : { ids: [...ids] };
