import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { journalQuery, type JournalEntry } from "../../../api/journal";
import { useWhen } from "../../../record/HistoryList";
import { Icon } from "../../../ui/icons";
import { Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { EntryCard } from "./EntryCard";
import { JournalFilters } from "./JournalFilters";
import styles from "./Journal.module.css";
import { ProofDialog } from "./ProofDialog";
import { useExport } from "./useExport";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/journal");

/** Everything that ever happened, searched by those whose duty that is. */
export function JournalPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const journal = useInfiniteQuery(journalQuery(search));
  const [proved, setProved] = useState<JournalEntry | null>(null);
  const entries = journal.data?.pages.flatMap((page) => page.items) ?? [];
  const names: Record<string, string> = Object.assign({}, ...(journal.data?.pages ?? []).map((page) => page.names));
  const stopped = journal.data?.pages.at(-1)?.searched_until ?? null;
  const save = useExport(entries, names);
  return (
    <Page
      title={t("journal.title")}
      hint={t("journal.hint")}
      actions={
        <Button variant="default" size="md" leftSection={<Icon name="download" />} onClick={save} disabled={entries.length === 0}>
          {t("journal.export")}
        </Button>
      }
    >
      <JournalFilters key={JSON.stringify([search.object, search.id, search.by, search.batch])} />
      {journal.isPending && <RowSkeletons />}
      {journal.isError && <ErrorNotice error={journal.error} retry={() => void journal.refetch()} />}
      {journal.isSuccess && entries.length === 0 && stopped === null && (
        <EmptyState icon="search" title={t("journal.none")}>
          {t("journal.none_help")}
        </EmptyState>
      )}
      <ol className={styles.entries} aria-label={t("journal.title")}>
        {entries.map((entry, index) => (
          <EntryCard key={entry.position ?? `${entry.at}/${index}`} entry={entry} names={names} prove={() => setProved(entry)} />
        ))}
      </ol>
      {stopped !== null && <Stopped at={stopped} />}
      {journal.hasNextPage && (
        <Button variant="default" size="md" onClick={() => void journal.fetchNextPage()} loading={journal.isFetchingNextPage}>
          {t(stopped === null ? "app.more" : "journal.search_on")}
        </Button>
      )}
      {proved?.position != null && <ProofDialog position={proved.position} close={() => setProved(null)} />}
    </Page>
  );
}

/** A search looks at so many entries at a time; the person decides whether to go further back. */
function Stopped({ at }: { at: string }) {
  const { t } = useTranslation();
  return <p role="status">{t("journal.searched_until", { when: useWhen(at) })}</p>;
}
