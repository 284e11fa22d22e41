/** The story of a relationship: how far one has read it, what is pinned, what was put right. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { all, is } from "./day";
import { createRecord, deleteRecord, fetchList } from "./records";
import type { Memo } from "./shapes";

export interface StoryReading {
  /** Null before the first reading. */
  read_until: string | null;
  /** Written by others since then. */
  new: number;
  memos: number;
}

const storyKey = (hcp: string) => ["hcp", hcp, "story"] as const;

export const storyQuery = (hcp: string) =>
  queryOptions({
    queryKey: storyKey(hcp),
    meta: { shows: ["memo"] },
    queryFn: async (): Promise<StoryReading> =>
      (await answer(api.GET("/api/v1/hcp/{id}/story", { params: { path: { id: hcp } } }))) as StoryReading,
  });

/** Notes that the reader has seen everything written up to an instant. */
export function useMarkStoryRead(hcp: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (until: string) =>
      answer(api.POST("/api/v1/hcp/{id}/story/read", { params: { path: { id: hcp } }, body: { until } as never })),
    onSuccess: () => client.invalidateQueries({ queryKey: storyKey(hcp) }),
  });
}

/** The memos of a doctor in which words stand, in whatever script they are typed. */
export const storySearchQuery = (hcp: string, q: string) =>
  queryOptions({
    queryKey: ["hcp", hcp, "memos", "search", q, currentLanguage()],
    enabled: q !== "",
    queryFn: async () =>
      (await fetchList("memo", { filter: is("hcp", hcp), q, sort: "-at", expand: ["by"], limit: 100 })).items as unknown as Memo[],
  });

/** Pins a memo for everybody, or takes the pin away. */
export function usePin(hcp: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ memo, pinned, key }: { memo: string; pinned: boolean; key: string }): Promise<void> => {
      if (pinned) return void (await createRecord("memo_pin", { key, values: { memo } }));
      const pins = await fetchList("memo_pin", { filter: all(is("memo", memo)), limit: 1 });
      await Promise.all(pins.items.map((pin) => deleteRecord("memo_pin", pin.id)));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["hcp", hcp, "memos"] }),
  });
}
