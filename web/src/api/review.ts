/** The weekly review: what doctors asked, taken together, and what was asked of medical affairs. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { shortListQuery } from "./day";
import { createRecord, listKey } from "./records";
import type { paths } from "./schema";

export type Review = paths["/api/v1/review"]["get"]["responses"][200]["content"]["application/json"];
export type QuestionGroup = Review["groups"][number];
export type NeedCount = Review["needs"][number];

export interface ReviewSearch {
  /** A day of the week; the present one without it. */
  week?: string | undefined;
  product?: string | undefined;
  subject?: string | undefined;
}

const groupsAtOnce = 100;

export const reviewQuery = (search: ReviewSearch) =>
  queryOptions({
    queryKey: ["review", search, currentLanguage()],
    meta: { shows: ["topic", "visit", "inquiry"] },
    placeholderData: keepPreviousData,
    queryFn: () => {
      const given = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
      return answer(api.GET("/api/v1/review", { params: { query: { ...given, limit: groupsAtOnce } } }));
    },
  });

const sourcesLooked = 3;
const topicsMost = 900;

/** What of these groups was sent to medical affairs already: by a few of each group's topics. */
export const groupInquiriesQuery = (groups: QuestionGroup[]) => {
  const topics = groups.flatMap(({ sources }) => sources.slice(0, sourcesLooked).map(({ topic }) => topic)).slice(0, topicsMost);
  return {
    ...shortListQuery("inquiry_source", { filter: { in: [{ var: "topic" }, topics] }, expand: ["inquiry"], limit: topicsMost }),
    enabled: topics.length > 0,
  };
};

/** Sends a group to medical affairs, with every topic that it was made of. */
export function useSendInquiry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, group, week, question }: { key: string; group: QuestionGroup; week: string; question: string }) =>
      createRecord("inquiry", {
        key,
        values: {
          kind: "review",
          question,
          product: group.product,
          subjects: group.subjects.length === 0 ? null : group.subjects,
          week,
          sources: group.sources.map(({ topic }) => topic),
        },
      }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: listKey("inquiry") }),
        client.invalidateQueries({ queryKey: listKey("inquiry_source") }),
      ]),
  });
}
