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

const textFiles = [
  "calendar",
  "errors",
  "errors_access",
  "errors_definitions",
  "errors_engine",
  "errors_exchange",
  "errors_model",
  "errors_playbook",
  "errors_review",
  "errors_safety",
  "errors_visit",
  "figures",
  "handover_pack",
  "mail",
  "safety_sheet",
] as const;

/** What a definition is called: files of texts have no words of their own, the page has them. */
export function useDefinitionLabel(): (definition: { kind: string; name: string; label: string }) => string {
  const { t } = useTranslation();
  return ({ kind, name, label }) => {
    const file = kind === "texts" ? textFiles.find((one) => one === name) : undefined;
    return file === undefined ? label : t(`studio.text_file.${file}`);
  };
}
