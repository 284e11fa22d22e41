/*
 * Which parts share a file. What the first screen is made of is one file, and what many of the other screens need is
 * another: forty small ones cost a slow network more in turns than in bytes, and what is not needed first waits.
 */
const entry = /\/src\/main\.tsx$/;

/** Whether a part comes with the page itself: from the entry a way of plain imports leads to it. */
function isFirst(id, modules, known) {
  const found = known.get(id);
  if (found !== undefined) return found;
  // A circle of imports is no way from the entry.
  known.set(id, false);
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  const first = entry.test(id) || importers.some((one) => isFirst(one, modules, known));
  known.set(id, first);
  return first;
}

export function groups() {
  const known = new Map();
  return [
    { debugName: "first", name: (id, modules) => (isFirst(id, modules, known) ? "first" : null), priority: 2 },
    { name: "common", minShareCount: 8, priority: 1 },
  ];
}
