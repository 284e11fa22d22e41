/** An institution, and the people who decide there. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { randomId } from "../lib/ids";
import { answer, api } from "./client";
import { listKey } from "./records";
import type { paths } from "./schema";

export const hcoQuery = (id: string) =>
  queryOptions({
    queryKey: ["hco", id, currentLanguage()],
    queryFn: () => answer(api.GET("/api/v1/hco/{id}", { params: { path: { id }, query: { expand: "owner,parent" } } })),
  });

export type InstitutionMap =
  paths["/api/v1/hco/{id}/map"]["get"]["responses"][200]["content"]["application/json"];
export type Stakeholder = InstitutionMap["people"][number];
export type DecisionRole = InstitutionMap["roles"][number];
export type InstitutionTemperature = NonNullable<InstitutionMap["temperature"]>;

/** Who decides there, in the order of the product's way, or of every product's. */
export const mapQuery = (id: string, product: string | null = null) =>
  queryOptions({
    queryKey: ["hco", id, "map", product, currentLanguage()],
    meta: { shows: ["hcp", "affiliation", "decision_step", "visit"] },
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET("/api/v1/hco/{id}/map", { params: { path: { id }, query: product === null ? {} : { product } } }),
      ),
  });

/** Sets the order in which decisions go through the roles: all of it or nothing. */
export function useSetPath(id: string, product: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (roles: string[]) =>
      answer(
        api.PUT("/api/v1/hco/{id}/path", {
          params: { path: { id }, query: product === null ? {} : { product } },
          headers: { "Idempotency-Key": randomId() },
          body: { roles },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: listKey("decision_step") });
      return client.invalidateQueries({ queryKey: ["hco", id] });
    },
  });
}
