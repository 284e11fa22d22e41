/** The parts of the Studio, in the order of its tabs. */
export const sections = [
  { to: "/studio/objects", key: "studio.objects.title" },
  { to: "/studio/rules", key: "studio.rules.title" },
  { to: "/studio/dashboards", key: "studio.dashboards.title" },
  { to: "/studio/other", key: "studio.other.title" },
  { to: "/studio/files", key: "studio.files.title" },
] as const;
