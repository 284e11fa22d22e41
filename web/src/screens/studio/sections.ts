/** The parts of the Studio, in the order of its tabs. */
export const sections = [{ to: "/studio/objects", key: "studio.objects.title" }] as const;
