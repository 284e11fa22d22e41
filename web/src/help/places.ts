/** Which topic explains which screen, and in which order the guide tells of them. The one table for both. */
export const chapters = [
  { name: "begin", topics: ["start", "find", "why"] },
  { name: "day", topics: ["today", "visit", "doctor", "institution", "customers", "tasks", "notifications"] },
  { name: "lead", topics: ["team", "handover", "imports"] },
  { name: "run", topics: ["users", "access", "studio", "journal", "sample"] },
  { name: "own", topics: ["settings", "trouble"] },
] as const;

export type TopicName = (typeof chapters)[number]["topics"][number];

export const topicNames: readonly TopicName[] = chapters.flatMap((chapter): readonly TopicName[] => chapter.topics);

/** Each screen, by the route's full path, with the topic that its "?" opens. */
export const topicOf: Record<string, TopicName> = {
  "/": "today",
  "/admin": "access",
  "/admin/catalogue": "access",
  "/admin/journal": "journal",
  "/admin/roles": "access",
  "/admin/roles/$role": "access",
  "/admin/sample": "sample",
  "/admin/users": "users",
  "/admin/why": "access",
  "/customers": "customers",
  "/handover": "handover",
  "/handover/$plan": "handover",
  "/handover/$plan/$handover/pack": "handover",
  "/hco/$id": "institution",
  "/hcp/$id": "doctor",
  "/hcp/$id/visit/new": "visit",
  "/help": "start",
  "/help/$topic": "start",
  "/imports": "imports",
  "/imports/$id": "imports",
  "/imports/new": "imports",
  "/me": "settings",
  "/notifications": "notifications",
  "/o/$object": "customers",
  "/o/$object/$id": "customers",
  "/o/$object/new": "customers",
  "/password": "start",
  "/settings": "settings",
  "/settings/appearance": "settings",
  "/settings/language": "settings",
  "/settings/notifications": "notifications",
  "/settings/security": "settings",
  "/settings/tokens": "settings",
  "/sign-in": "start",
  "/studio": "studio",
  "/studio/objects": "studio",
  "/studio/objects/$object": "studio",
  "/studio/ui": "find",
  "/tasks": "tasks",
  "/team": "team",
  "/team/records": "team",
  "/visit/$id": "visit",
  "/visit/new": "visit",
};
