/** The text cut where findings begin and end, and how serious each part is. */
import type { LintFinding, Severity } from "../api/lint";

export interface LintSegment {
  text: string;
  severity: Severity | null;
}

const order: Severity[] = ["info", "warn", "route", "block"];

/** The most serious of them; null for none. */
export function worst(findings: { severity: Severity }[]): Severity | null {
  const ranks = findings.map(({ severity }) => order.indexOf(severity));
  return order[Math.max(-1, ...ranks)] ?? null;
}

export function segmentsOf(text: string, findings: LintFinding[]): LintSegment[] {
  const edges = new Set([0, text.length, ...findings.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...edges].filter((at) => at <= text.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const there = findings.filter((finding) => finding.start <= start && finding.end >= end);
    return { text: text.slice(start, end), severity: worst(there) };
  });
}

/** Most serious first; within one severity in the order of the text. */
export const bySeverity = (findings: LintFinding[]): LintFinding[] =>
  [...findings].sort((a, b) => order.indexOf(b.severity) - order.indexOf(a.severity) || a.start - b.start);
