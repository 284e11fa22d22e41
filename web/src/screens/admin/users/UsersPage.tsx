import { Select } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { fetchList, listQuery, type Condition } from "../../../api/records";
import { currentLanguage } from "../../../i18n";
import { Icon } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { SearchInput } from "../../../ui/SearchInput";
import { AddUser } from "./AddUser";
import { UserTable } from "./UserTable";
import type { UsersSearch } from "./search";
import styles from "./Users.module.css";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/users");
const typingPause = 250;

/** Everybody who may sign in: found, added, changed, kept out. */
export function UsersPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const search = route.useSearch();
  const users = useInfiniteQuery(
    listQuery("user", { filter: conditionOf(search), q: search.q, sort: "name", expand: ["team"], total: true, limit: 100 }),
  );
  const rows = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t("users.title")}
      hint={t("users.hint")}
      actions={
        <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t("users.add")}
        </Button>
      }
    >
      <Filters />
      {users.isPending && <RowSkeletons />}
      {users.isError && <ErrorNotice error={users.error} retry={() => void users.refetch()} />}
      {users.isSuccess && (
        <>
          <p role="status">{t("users.count", { count: users.data.pages[0]?.total ?? rows.length })}</p>
          {rows.length === 0 ? (
            <EmptyState icon="person" title={t("users.none")}>
              {t("users.none_help")}
            </EmptyState>
          ) : (
            <UserTable users={rows} />
          )}
        </>
      )}
      {users.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void users.fetchNextPage()} loading={users.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
      {adding && <AddUser close={() => setAdding(false)} />}
    </Page>
  );
}

function conditionOf({ role, team, active }: UsersSearch): Condition | undefined {
  const all: Condition[] = [];
  if (role !== undefined) all.push({ "==": [{ var: "role" }, role] });
  if (team !== undefined) all.push({ "==": [{ var: "team" }, team] });
  if (active === "no") all.push({ "==": [{ var: "active" }, false] });
  if (active === undefined) all.push({ "==": [{ var: "active" }, true] });
  return all.length === 0 ? undefined : { and: all };
}

/** Who is shown: what is chosen stands in the address. */
function Filters() {
  const { t } = useTranslation();
  const model = useModel();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search.q ?? "");
  const set = (members: Partial<UsersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...members }), replace: true });
  const find = useDebouncedCallback((q: string) => set({ q: q.trim() === "" ? undefined : q.trim() }), typingPause);
  const teams = useQuery({
    queryKey: ["list", "team", "all", currentLanguage()],
    queryFn: () => fetchList("team", { fields: ["title"], limit: 200, sort: "name" }),
  });
  return (
    <div className={styles.filters} role="group" aria-label={t("users.filters")}>
      <SearchInput
        label={t("users.search")}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          find(text);
        }}
      />
      <Select
        size="md"
        clearable
        aria-label={model.fieldLabel("user", "role")}
        placeholder={model.fieldLabel("user", "role")}
        data={model.choices("user", "role").map(({ code }) => ({ value: code, label: model.choiceLabel("user", "role", code) }))}
        value={search.role ?? null}
        onChange={(role) => set({ role: role ?? undefined })}
      />
      <Select
        size="md"
        clearable
        aria-label={model.fieldLabel("user", "team")}
        placeholder={model.fieldLabel("user", "team")}
        data={(teams.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title ?? id }))}
        value={search.team ?? null}
        onChange={(team) => set({ team: team ?? undefined })}
      />
      <Select
        size="md"
        allowDeselect={false}
        aria-label={t("users.shown")}
        data={[
          { value: "yes", label: t("users.shown_active") },
          { value: "no", label: t("users.shown_disabled") },
          { value: "all", label: t("users.shown_all") },
        ]}
        value={search.active ?? "yes"}
        onChange={(active) => set({ active: active === "no" || active === "all" ? active : undefined })}
      />
    </div>
  );
}
