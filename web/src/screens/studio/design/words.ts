import { useTranslation } from "react-i18next";

const known = [
  "labels", "plural", "help", "fields", "choices", "layouts", "form", "list", "views", "order", "required", "unique", "indexed",
  "searchable", "default", "type", "reference", "max_length", "retired", "colour", "title", "condition", "filter", "actions", "when",
  "object", "off", "template", "subject", "body", "due", "days", "values", "owner", "to", "kind", "widgets", "group", "sort", "scope",
  "place", "roles", "limit", "quiet", "cause", "expand", "columns", "measure", "may", "objects", "minimum", "maximum", "points", "parts",
  "levels", "do", "indexes", "system", "part", "reason", "otherwise", "keep", "check", "from", "since", "level", "start", "score",
  "rule", "dashboard", "capability", "role", "text", "steps", "step", "guidance", "stops", "stop", "after", "ahead", "every",
  "spread", "settled", "layer", "by_hand", "contact", "held", "held_at", "planned", "planned_at", "hours", "weeks", "months", "playbook", "for",
  "rules", "terms", "severity", "markets", "report", "negated", "asked", "instead", "why", "harmless", "category", "route", "version",
  "source", "lexicon", "field",
] as const;

/** What a member of a definition is called; its own name where the page has no word for it. */
export function useMemberWord(): (member: string) => string {
  const { t } = useTranslation();
  return (member) => {
    const one = known.find((name) => name === member);
    return one === undefined ? member : t(`studio.member.${one}`);
  };
}
