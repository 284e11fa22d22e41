import type { Finding } from "../api/lint";

const kinds = { adverse_event: "adverse_event", product_complaint: "product_complaint" } as const;

/** What a safety report about the words of a finding begins with; null where it is no matter of safety or quality. */
export function reportStart(finding: Pick<Finding, "category" | "object" | "field" | "start" | "end">, visit: string) {
  const { category } = finding;
  if (category !== "adverse_event" && category !== "product_complaint") return null;
  const kind = kinds[category];
  if (finding.object !== "visit") return { visit, kind };
  return { visit, kind, field: String(finding.field), from: finding.start ?? 0, to: finding.end ?? 0 };
}
