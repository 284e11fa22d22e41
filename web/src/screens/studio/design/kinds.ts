import { useTranslation } from "react-i18next";

const known = [
  "objects", "roles", "rules", "templates", "dashboards", "texts", "scores", "rankings", "forms", "lexicons", "playbooks", "deadlines", "holidays", "reviews",
] as const;

/** What a kind of definition is called; the folder's name where the page has no word for it. */
export function useKindWord(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const one = known.find((name) => name === kind);
    return one === undefined ? kind : t(`studio.kind.${one}`);
  };
}
