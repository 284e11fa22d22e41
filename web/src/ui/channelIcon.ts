import type { IconName } from "./icons";

const icons: Record<string, IconName> = {
  in_person: "meet",
  phone: "phone",
  video: "video",
  email: "mail",
  web: "globe",
  message: "chat",
  event: "event",
};

/** How a contact was made, by the code of a visit's channel. */
export const channelIcon = (channel: unknown): IconName | undefined => icons[String(channel)];
