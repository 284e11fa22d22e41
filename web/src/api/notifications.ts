/** What the system told the signed-in person: read, marked, and taken back. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import type { paths } from "./schema";

type Got<O> = O extends { responses: { 200: { content: { "application/json": infer Body } } } } ? Body : never;
export type Notification = Got<paths["/api/v1/notification/{id}"]["get"]>;
export type NotificationKind = NonNullable<Notification["kind"]>;

/** The kinds that people may turn off, in the order in which they choose among them: a clock of the law is not among them. */
export const notificationKinds = ["task", "promise", "draft", "temperature", "assignment", "review", "import"] as const satisfies NotificationKind[];

interface Page {
  items: Notification[];
  next: string | null;
}

const minute = 60_000;
const key = ["notifications"] as const;
const countKey = [...key, "count"] as const;

/** How many wait unread. Events keep it; now and then it is asked for where none come. */
export const unreadCountQuery = queryOptions({
  queryKey: countKey,
  staleTime: minute,
  refetchInterval: 5 * minute,
  queryFn: async (): Promise<number> => {
    const query = { read_at: "null", limit: 1, fields: "kind", total: true };
    return (await answer(api.GET("/api/v1/notification", { params: { query } }))).total ?? 0;
  },
});

export const notificationsQuery = (which: "all" | "unread") =>
  infiniteQueryOptions({
    queryKey: [...key, "list", which, currentLanguage()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }): Promise<Page> =>
      answer(
        api.GET("/api/v1/notification", {
          params: {
            query: {
              sort: "-at",
              limit: 30,
              expand: "by",
              ...(which === "unread" ? { read_at: "null" } : {}),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

type Lists = InfiniteData<Page>;

/** Shows the marks at once; what the server says afterwards stands. */
async function markShown(client: QueryClient, isMeant: (one: Notification) => boolean, readAt: string | null): Promise<void> {
  await client.cancelQueries({ queryKey: key });
  const changed = new Set<string>();
  const marked = (one: Notification): Notification => {
    if (!isMeant(one) || (one.read_at === null) === (readAt === null)) return one;
    changed.add(one.id);
    return { ...one, read_at: readAt };
  };
  const listKey = [...key, "list"];
  client.setQueriesData<Lists>({ queryKey: listKey }, (data) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(marked) })) },
  );
  const less = readAt === null ? -changed.size : changed.size;
  client.setQueryData<number>(countKey, (count) => (count === undefined ? undefined : Math.max(0, count - less)));
}

interface Marks {
  ids: string[];
  read: boolean;
}

/** Marks some as read or unread. */
export function useMark() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, read }: Marks) => {
      const path = read ? "/api/v1/notification/read" : "/api/v1/notification/unread";
      await answer(api.POST(path, { body: { ids } as never }));
    },
    onMutate: ({ ids, read }) => markShown(client, (one) => ids.includes(one.id), read ? new Date().toISOString() : null),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Marks everything up to `until` as read; the answer's instant takes exactly that back. */
export function useMarkAll() {
  const client = useQueryClient();
  const settle = () => client.invalidateQueries({ queryKey: key });
  const mark = useMutation({
    mutationFn: async (until: string): Promise<string> => {
      const done = await answer(api.POST("/api/v1/notification/read", { body: { until } as never }));
      return String(done["read_at"]);
    },
    onMutate: (until) => markShown(client, (one) => (one.at ?? "") <= until, new Date().toISOString()),
    onSettled: settle,
  });
  const takeBack = useMutation({
    mutationFn: (readAt: string) => answer(api.POST("/api/v1/notification/unread", { body: { read_at: readAt } as never })),
    onSettled: settle,
  });
  return { mark, takeBack };
}
