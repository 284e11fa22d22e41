import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { all, expansionOf, is, shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { TodoCard } from "../../ui/TodoCard";
import type { TodoKind } from "../../ui/useTodo";

const NewTodo = lazy(() => import("../../ui/NewTodo").then(({ NewTodo }) => ({ default: NewTodo })));

/** More would push the story out of sight on a phone. */
const firstShown = 3;
const most = 100;

interface TodosProps {
  kind: TodoKind;
  about: { hcp?: string; hco?: string; owner?: string | null };
}

/** What is promised to this doctor, or to be done for them or their institution. */
export function Todos({ kind, about }: TodosProps) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [isAll, setAll] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const whose = about.hcp === undefined ? is("hco", about.hco ?? "") : is("hcp", about.hcp);
  const list = useQuery(
    shortListQuery(kind, { filter: all(whose, is("state", "open")), sort: "due_at", expand: expansionOf(kind), limit: most }),
  );
  const items = list.data?.items ?? [];
  const title = t(kind === "promise" ? "hcp.promises" : "hcp.tasks");
  const add = model.may(kind, "create") && (
    <Button
      variant="subtle"
      size="md"
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setAdding(true)}
      aria-label={t(kind === "promise" ? "todo.new_promise" : "todo.new_task")}
    >
      {t("record.add")}
    </Button>
  );
  return (
    <Section title={title} icon={kind} count={items.length} action={add}>
      {list.isPending && <CardSkeletons count={1} height={124} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState>{t(kind === "promise" ? "hcp.promises_empty" : "hcp.tasks_empty")}</EmptyState>
      )}
      {items.length > 0 && (
        <Cards label={title}>
          {(isAll ? items : items.slice(0, firstShown)).map((item) => (
            <TodoCard key={item.id} kind={kind} record={item} showOwner={item["owner"] !== me.id} />
          ))}
        </Cards>
      )}
      {!isAll && items.length > firstShown && (
        <Button variant="subtle" size="md" onClick={() => setAll(true)}>
          {t("today.show_more", { count: items.length - firstShown })}
        </Button>
      )}
      {isAdding && (
        <Suspense>
          <NewTodo kind={kind} about={about} close={() => setAdding(false)} />
        </Suspense>
      )}
    </Section>
  );
}
