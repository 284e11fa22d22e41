import { useInfiniteQuery } from "@tanstack/react-query";
import { all, expansionOf, is, mine } from "../../api/day";
import { useModel } from "../../api/queries";
import { listQuery, type Condition } from "../../api/records";
import type { TodoKind } from "../../ui/useTodo";
import { mergedByDue, type Todo } from "./groups";
import type { TasksSearch } from "./routes";

/** What is still to be done: of promises also those whose receipt waits to be confirmed. */
const openOf: Record<TodoKind, Condition> = {
  task: is("state", "open"),
  promise: { or: [is("state", "open"), { and: [is("state", "delivered"), { "!!": [{ var: "confirm_at" }] }] }] },
};

const doneOf: Record<TodoKind, Condition> = {
  task: { in: [{ var: "state" }, ["done", "dismissed"]] },
  promise: { in: [{ var: "state" }, ["delivered", "confirmed", "broken"]] },
};

function conditionOf(kind: TodoKind, { scope, state, hcp, filter }: TasksSearch): Condition | undefined {
  if (filter !== undefined) return filter;
  return all(
    (state === "done" ? doneOf : openOf)[kind],
    scope === "team" ? undefined : mine,
    hcp === undefined ? undefined : is("hcp", hcp),
  );
}

const pageSize = 30;

function useKind(kind: TodoKind, search: TasksSearch) {
  const model = useModel();
  const query = useInfiniteQuery({
    ...listQuery(kind, {
      filter: conditionOf(kind, search),
      sort: search.state === "done" ? "-due_at" : "due_at",
      expand: expansionOf(kind),
      limit: pageSize,
      total: true,
    }),
    enabled: (search.kind === undefined || search.kind === kind) && model.may(kind, "read"),
  });
  const records = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { kind, query, total: query.data?.pages[0]?.total ?? 0, todos: records.map((record): Todo => ({ kind, record })) };
}

/** Both kinds as one list; of each as far as it is loaded. */
export function useTodos(search: TasksSearch) {
  const lists = [useKind("promise", search), useKind("task", search)];
  const wanted = lists.filter(({ kind }) => search.kind === undefined || search.kind === kind);
  const isDone = search.state === "done";
  const items = mergedByDue(
    wanted.map(({ todos, query }) => ({ todos, hasMore: query.hasNextPage })),
    isDone,
  );
  return {
    items,
    isPending: wanted.some(({ query }) => query.isLoading),
    error: wanted.find(({ query }) => query.isError)?.query.error ?? null,
    retry: () => wanted.forEach(({ query }) => void query.refetch()),
    left: Math.max(0, wanted.reduce((sum, { total }) => sum + total, 0) - items.length),
    more: () => wanted.forEach(({ query }) => query.hasNextPage && void query.fetchNextPage()),
    isFetchingMore: wanted.some(({ query }) => query.isFetchingNextPage),
  };
}
