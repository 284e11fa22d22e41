/** The demo company's data: what there is of it, and taking it away. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Got<O> = O extends { responses: { 200: { content: { "application/json": infer Body } } } } ? Body : never;

export type SampleState = Got<paths["/api/v1/sample"]["get"]>;

/** What a removal has done so far. */
export interface Removal {
  id: string;
  status: string;
  counts: Record<string, number>;
}

const pollEvery = 1000;

export const sampleQuery = () =>
  queryOptions({
    queryKey: ["sample", currentLanguage()],
    queryFn: (): Promise<SampleState> => answer(api.GET("/api/v1/sample")),
  });

/** A removal, asked after until it has ended. */
export const removalQuery = (id: string) =>
  queryOptions({
    queryKey: ["batch", "removal", id],
    queryFn: async (): Promise<Removal> => {
      const { status, counts } = await answer(api.GET("/api/v1/batch/{id}", { params: { path: { id } } }));
      return { id, status, counts };
    },
    refetchInterval: ({ state }) => (state.data === undefined || state.data.status === "running" ? pollEvery : false),
  });

export function useRemoveSample() {
  return useMutation({
    mutationFn: async (confirm: string): Promise<Removal> => {
      const { id, status, counts } = await answer(api.POST("/api/v1/sample/remove", { body: { confirm } }));
      return { id, status, counts };
    },
  });
}
