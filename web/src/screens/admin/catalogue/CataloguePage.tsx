import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery } from "../../../api/definitions";
import { labelIn } from "../../../api/model";
import { Icon } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { SearchInput } from "../../../ui/SearchInput";
import type { RoleBody } from "../roles/role";
import { useKinds, type Kind } from "../roles/useRoles";
import styles from "./CataloguePage.module.css";
import { asCsv, entriesOf, speaksOf, type Entry } from "./entries";
import { EntryCard } from "./EntryCard";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/catalogue");
const shownMost = 60;

/** Every field that is kept about anybody: why, how long, and who may see and change it (S11). */
export function CataloguePage() {
  const { t } = useTranslation();
  const { kinds, isPending, error } = useKinds();
  const roles = useQuery(definitionsQuery("roles"));
  const failure = error ?? roles.error;
  return (
    <Page title={t("catalogue.title")} hint={t("catalogue.hint")}>
      {failure !== null && <ErrorNotice error={failure} />}
      {failure === null && (isPending || roles.isPending) && <RowSkeletons count={10} />}
      {roles.data && kinds.length > 0 && (
        <Catalogue kinds={kinds} roles={roles.data.flatMap(({ body }) => (body == null ? [] : [body as RoleBody]))} />
      )}
    </Page>
  );
}

function Catalogue({ kinds, roles }: { kinds: Kind[]; roles: RoleBody[] }) {
  const { t, i18n } = useTranslation();
  const { q = "", object = "" } = route.useSearch();
  const entries = useMemo(() => entriesOf(kinds, roles), [kinds, roles]);
  const found = entries.filter((entry) => (object === "" || entry.object === object) && speaksOf(entry, q, i18n.language));
  const shown = object === "" ? found.slice(0, shownMost) : found;
  const roleLabels = new Map(roles.map(({ role, labels }) => [role, labelIn({ labels }, i18n.language, role)]));
  return (
    <>
      <Filters kinds={kinds} found={found} />
      <p role="status" className={styles.count}>
        {t("catalogue.count", { count: found.length })}
      </p>
      {found.length === 0 && <p>{t("catalogue.nothing")}</p>}
      <ul className={styles.entries}>
        {shown.map((entry) => (
          <EntryCard key={`${entry.object}.${entry.name}`} entry={entry} roleLabels={roleLabels} />
        ))}
      </ul>
      {shown.length < found.length && <p>{t("catalogue.shown", { count: shown.length })}</p>}
    </>
  );
}

function Filters({ kinds, found }: { kinds: Kind[]; found: Entry[] }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = (more: Partial<typeof search>) => void navigate({ search: { ...search, ...more }, replace: true, resetScroll: false });
  return (
    <div className={styles.filters} role="search">
      <SearchInput label={t("catalogue.search")} labelled value={search.q ?? ""} onChange={(text) => put({ q: text || undefined })} />
      <NativeSelect
        size="md"
        label={t("catalogue.object")}
        value={search.object ?? ""}
        onChange={({ currentTarget }) => put({ object: currentTarget.value || undefined })}
        data={[{ value: "", label: t("catalogue.all") }, ...kinds.map(({ name, label }) => ({ value: name, label }))]}
      />
      <Button
        variant="default"
        size="md"
        leftSection={<Icon name="download" />}
        disabled={found.length === 0}
        onClick={() => download(asCsv(found))}
      >
        {t("catalogue.export")}
      </Button>
    </div>
  );
}

/** Made on the page, from what is shown: nothing new is asked of the server. */
function download(csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "data_catalogue.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
