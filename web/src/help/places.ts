/** Which topic explains which screen, and in which order the guide tells of them. The one table for both. */
export const chapters = [
  { name: "begin", topics: ["start", "why"] },
  { name: "day", topics: ["today", "visit", "doctor", "customers"] },
  { name: "own", topics: ["settings", "trouble"] },
] as const;

export type TopicName = (typeof chapters)[number]["topics"][number];

export const topicNames: readonly TopicName[] = chapters.flatMap((chapter): readonly TopicName[] => chapter.topics);

/** Each screen, by the route's full path, with the topic that its "?" opens. */
export const topicOf: Record<string, TopicName> = {
  "/": "today",
  "/customers": "customers",
  "/hcp/$id": "doctor",
  "/hcp/$id/visit/new": "visit",
  "/me": "settings",
  "/password": "start",
  "/sign-in": "start",
  "/help": "start",
  "/help/$topic": "start",
};
