import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { promisesQuery, tasksQuery } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { Cards, CardSkeletons, EmptyState, Section } from "../../ui/parts";
import { TodoCard } from "../../ui/TodoCard";

/** More would push the story out of sight on a phone. */
const firstShown = 2;

interface TodosProps {
  kind: "promise" | "task";
  hcp: string;
}

/** What is promised to this doctor, or to be done for them. */
export function Todos({ kind, hcp }: TodosProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const promises = useQuery({ ...promisesQuery(hcp), enabled: kind === "promise" });
  const tasks = useQuery({ ...tasksQuery(hcp), enabled: kind === "task" });
  const query = kind === "promise" ? promises : tasks;
  const items = (query.data?.items ?? []) as unknown as AnyRecord[];
  const title = t(kind === "promise" ? "hcp.promises" : "hcp.tasks");
  return (
    <Section title={title} icon={kind} count={items.length}>
      {query.isPending && <CardSkeletons count={1} height={74} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState>{t(kind === "promise" ? "hcp.promises_empty" : "hcp.tasks_empty")}</EmptyState>
      )}
      {items.length > 0 && (
        <Cards label={title}>
          {(all ? items : items.slice(0, firstShown)).map((item) => (
            <TodoCard key={item.id} kind={kind} record={item} />
          ))}
        </Cards>
      )}
      {!all && items.length > firstShown && (
        <Button variant="subtle" size="md" onClick={() => setAll(true)}>
          {t("today.show_more", { count: items.length - firstShown })}
        </Button>
      )}
    </Section>
  );
}
