import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";
import { readListSearch, type ListSearch } from "../../list/address";

/** The objects that are customers; the first is the one that the address without `object` means. */
export const customerObjects = ["hcp", "hco"] as const;
export type CustomerObject = (typeof customerObjects)[number];

export interface CustomersSearch extends ListSearch {
  object?: CustomerObject | undefined;
}

const customers = createRoute({
  getParentRoute: () => app,
  path: "/customers",
  validateSearch: (search: Record<string, unknown>): CustomersSearch => ({
    object: customerObjects.find((object) => object === search["object"]),
    ...readListSearch(search),
  }),
  component: lazyRouteComponent(() => import("./Customers"), "Customers"),
});

export const customersRoutes = [customers] as const;
