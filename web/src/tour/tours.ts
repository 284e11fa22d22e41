/** Which parts of Today a newcomer of each role is shown, in this order. Texts: the catalogue `tour`, under the step's name. */

/** Where each step points: the first of these that is on the screen. A step whose part is not there is left out. */
export const targets = {
  welcome: ["main h1"],
  visits: ["[data-about=hcp]"],
  record: ["[data-widget] a[href$='/visit/new']"],
  promises: ["[data-about=promise]", "[data-about=task]"],
  numbers: ["[data-widget]"],
  customers: ["nav a[href='/customers']"],
  team: ["nav a[href='/team']"],
  imports: ["nav a[href='/imports']"],
  admin: ["nav a[href^='/admin']"],
  find: ["[data-tour=find]"],
  help: ["[data-tour=help]"],
} as const;

export type StepName = keyof typeof targets;

const field: readonly StepName[] = ["welcome", "visits", "record", "promises", "help"];
const office: readonly StepName[] = ["welcome", "customers", "find", "help"];

export const tours: Record<string, readonly StepName[]> = {
  mr: field,
  msl: ["welcome", "record", "promises", "customers", "help"],
  kam: ["welcome", "visits", "promises", "customers", "help"],
  inside_sales: ["welcome", "record", "customers", "find", "help"],
  marketing: office,
  safety: office,
  compliance: ["welcome", "customers", "admin", "find", "help"],
  manager: ["welcome", "numbers", "team", "customers", "help"],
  admin: ["welcome", "imports", "admin", "find", "help"],
};

/** A role that the company has made itself is shown what every office role is. */
export const tourOf = (role: string): readonly StepName[] => tours[role] ?? office;

/** The part of the screen that a step points at; null where it is not there, or not to be seen. */
export function targetOf(step: StepName, page: ParentNode = document): Element | null {
  for (const selector of targets[step]) {
    for (const found of page.querySelectorAll(selector)) if (isSeen(found)) return found;
  }
  return null;
}

function isSeen(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility?.({ visibilityProperty: true }) !== false;
}
