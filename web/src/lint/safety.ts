import type { Finding } from "../api/lint";

/** Where a safety report about the words of a finding begins; null where it is no matter of safety or quality. */
export function safetyAddress(finding: Finding, visit: string): string | null {
  if (finding.category !== "adverse_event" && finding.category !== "product_complaint") return null;
  if (finding.object !== "visit") return `/safety/new?visit=${visit}`;
  const place = { visit, field: String(finding.field), from: String(finding.start ?? 0), to: String(finding.end ?? 0) };
  return `/safety/new?${new URLSearchParams(place).toString()}`;
}
