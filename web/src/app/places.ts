/** The places of the page that the shell and the palette lead to. A place that a person may not use is not shown. */
import type { Model } from "../api/model";
import type { IconName } from "../ui/icons";

export const places = [
  { to: "/", icon: "today", key: "nav.today" },
  { to: "/customers", icon: "customers", key: "nav.customers", object: "hcp" },
  { to: "/me", icon: "person", key: "nav.me" },
] as const satisfies { to: string; icon: IconName; key: string; object?: string }[];

export type Place = (typeof places)[number];

/** Those that the reader may use: the server has decided, the model says it. */
export function placesFor(model: Model): Place[] {
  return places.filter((place) => !("object" in place) || model.may(place.object, "read"));
}
