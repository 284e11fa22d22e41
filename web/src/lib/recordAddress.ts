/** Where a record is shown: some objects have a page designed for them, all others the one made from the model. */
const designed: Record<string, string> = { hcp: "/hcp/", hco: "/hco/", visit: "/visit/", safety_report: "/safety/", weekly_review: "/review/" };

export function recordAddress(object: string, id: string): string {
  return `${designed[object] ?? `/o/${object}/`}${id}`;
}

/** The record that an address shows, if it shows one. */
export function recordAt(pathname: string): { object: string; id: string } | null {
  const [, object, id] = /^\/o\/([a-z0-9_]+)\/([0-9a-f-]{36})$/.exec(pathname) ?? [];
  if (object !== undefined && id !== undefined) return { object, id };
  for (const [name, path] of Object.entries(designed)) {
    const rest = pathname.startsWith(path) ? pathname.slice(path.length) : "";
    if (/^[0-9a-f-]{36}$/.test(rest)) return { object: name, id: rest };
  }
  return null;
}
