/** Where a notification leads. */
import { useRouter } from "@tanstack/react-router";
import type { Notification } from "../../api/notifications";
import { recordAddress } from "../../lib/recordAddress";

/** Addresses of what is no record of the model. */
const others: Record<string, { route: string; address: (id: string) => string }> = {
  import: { route: "/imports/$id", address: (id) => `/imports/${id}` },
};

/** The address of what it is about; null where no screen shows that. `has` says which routes there are. */
export function addressOf({ about_object: object, about_id: id }: Notification, has: (route: string) => boolean): string | null {
  if (!object || !id) return null;
  const other = others[object];
  if (other === undefined) return recordAddress(object, id);
  return has(other.route) ? other.address(id) : null;
}

export function useAddress(): (notification: Notification) => string | null {
  const router = useRouter();
  return (notification) => addressOf(notification, (route) => route in router.routesByPath);
}
