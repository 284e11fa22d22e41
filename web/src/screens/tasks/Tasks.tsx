import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import { today } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Fact } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { ChooseOne } from "../../ui/Tiles";
import { TodoCard } from "../../ui/TodoCard";
import { grouped, type Todo } from "./groups";
import type { TasksSearch } from "./routes";
import styles from "./Tasks.module.css";
import { useTodoKeys } from "./useTodoKeys";
import { useTodos } from "./useTodos";

const NewTodo = lazy(() => import("../../ui/NewTodo").then(({ NewTodo }) => ({ default: NewTodo })));
const route = getRouteApi("/app/tasks");

/** Promises and tasks together, by the day that they are due, each with what it came from. */
export function Tasks() {
  const { t } = useTranslation();
  const model = useModel();
  const search = route.useSearch();
  const [isAdding, setAdding] = useState(false);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("nav.tasks")}</h1>
        {model.may("task", "create") && (
          <Button size="md" leftSection={<Icon name="plus" size={18} />} onClick={() => setAdding(true)}>
            {t("todo.new_task")}
          </Button>
        )}
      </header>
      <Filters search={search} />
      <List search={search} />
      {isAdding && (
        <Suspense>
          <NewTodo kind="task" about={search.hcp === undefined ? {} : { hcp: search.hcp }} close={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Filters({ search }: { search: TasksSearch }) {
  const { t } = useTranslation();
  const model = useModel();
  const navigate = route.useNavigate();
  const set = (values: Partial<TasksSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...values }), replace: true, resetScroll: false });
  // A condition from elsewhere is about one kind of records and says itself whose: only it can be taken away.
  if (search.filter !== undefined) {
    return (
      <div className={styles.filters}>
        <Chip label={t("tasks.behind_number")} clear={() => set({ filter: undefined, kind: undefined, scope: undefined })} />
      </div>
    );
  }
  return (
    <div className={styles.filters}>
      {model.reachesOthers("task", "read") && (
        <ChooseOne
          legend={t("tasks.whose")}
          hiddenLegend
          name="scope"
          value={search.scope ?? "mine"}
          onChange={(value) => set({ scope: value === "team" ? "team" : undefined })}
          options={[
            { value: "mine", label: t("tasks.mine") },
            { value: "team", label: t("tasks.team") },
          ]}
        />
      )}
      <ChooseOne
        legend={t("tasks.kind")}
        hiddenLegend
        name="kind"
        value={search.kind ?? ""}
        onChange={(value) => set({ kind: value === "task" || value === "promise" ? value : undefined })}
        options={[
          { value: "", label: t("tasks.both") },
          { value: "promise", label: t("hcp.promises") },
          { value: "task", label: t("hcp.tasks") },
        ]}
      />
      <ChooseOne
        legend={t("tasks.state")}
        hiddenLegend
        name="state"
        value={search.state ?? ""}
        onChange={(value) => set({ state: value === "done" ? "done" : undefined })}
        options={[
          { value: "", label: t("tasks.open") },
          { value: "done", label: t("tasks.done") },
        ]}
      />
      {search.hcp !== undefined && <DoctorChip id={search.hcp} clear={() => set({ hcp: undefined })} />}
    </div>
  );
}

function Chip({ label, clear }: { label: string; clear: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.chip} onClick={clear} aria-label={t("tasks.without", { what: label })}>
      {label}
      <Icon name="close" size={16} />
    </button>
  );
}

function DoctorChip({ id, clear }: { id: string; clear: () => void }) {
  const honorific = useHonorific();
  const hcp = useQuery(recordQuery("hcp", id));
  return <Chip label={hcp.data === undefined ? "…" : honorific(hcp.data)} clear={clear} />;
}

function List({ search }: { search: TasksSearch }) {
  const { t } = useTranslation();
  const me = useMe();
  const todos = useTodos(search);
  const keys = useTodoKeys();
  if (todos.isPending) return <CardSkeletons count={5} height={124} />;
  if (todos.error !== null) return <ErrorNotice error={todos.error} retry={todos.retry} />;
  if (todos.items.length === 0) {
    return (
      <EmptyState icon="task" title={t(search.state === "done" ? "tasks.none_done" : "tasks.none")}>
        {t(search.state === "done" ? "tasks.none_done_help" : "tasks.none_help")}
      </EmptyState>
    );
  }
  const groups: [string, string, Todo[]][] =
    search.state === "done"
      ? [["done", t("tasks.done"), todos.items]]
      : grouped(todos.items, today(me.zone), me.zone).map(([name, items]) => [name, t(`tasks.${name}`), items]);
  const isOthers = search.scope === "team" || search.filter !== undefined;
  return (
    <div className={styles.groups} ref={keys} data-todos>
      {groups.map(([name, title, items]) => (
        <section key={name} aria-label={title} data-group={name}>
          <h2 className={styles.group}>
            {title} <span className={styles.count}>{items.length}</span>
          </h2>
          <Cards label={title}>
            {items.map(({ kind, record }) => (
              <TodoCard key={record.id} kind={kind} record={record} showPerson showOwner={isOthers} wide />
            ))}
          </Cards>
        </section>
      ))}
      {todos.left > 0 && (
        <Button variant="default" size="md" onClick={todos.more} loading={todos.isFetchingMore}>
          {t("today.show_more", { count: todos.left })}
        </Button>
      )}
      <p className={styles.keys}>
        <Fact>{t("tasks.keys")}</Fact>
      </p>
      <p>
        <Link to="/" className={styles.back}>
          {t("app.to_today")}
        </Link>
      </p>
    </div>
  );
}
