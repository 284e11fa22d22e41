/** The parts of the administration, each for those who have its right. */
import type { Person, Right } from "../../api/shapes";

interface SectionRule {
  to: string;
  key: string;
  right: Right;
}

export const sections = [
  { to: "/admin/roles", key: "admin.roles", right: "configure" },
  { to: "/admin/why", key: "admin.why", right: "users" },
  { to: "/admin/catalogue", key: "admin.catalogue", right: "configure" },
] as const satisfies SectionRule[];

export type AdminSection = (typeof sections)[number];

export function sectionsFor(person: Pick<Person, "may">): AdminSection[] {
  return sections.filter(({ right }) => person.may[right] === true);
}
