/** The parts of the administration, each for those who have its right. */
import type { Person, Right } from "../../api/shapes";

interface SectionRule {
  to: string;
  key: string;
  right: Right;
}

export const sections = [
  { to: "/admin/users", key: "admin.users", right: "users" },
  { to: "/admin/roles", key: "admin.roles", right: "configure" },
  { to: "/admin/why", key: "admin.why", right: "users" },
  { to: "/admin/catalogue", key: "admin.catalogue", right: "configure" },
  { to: "/admin/journal", key: "admin.journal", right: "journal" },
  { to: "/admin/sample", key: "admin.sample", right: "configure" },
] as const satisfies SectionRule[];

export type AdminSection = (typeof sections)[number];

export function sectionsFor(person: Pick<Person, "may">): AdminSection[] {
  return sections.filter(({ right }) => person.may[right] === true);
}
