import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { JournalSearch } from "../../../api/journal";
import { useModel } from "../../../api/queries";
import { recordQuery } from "../../../api/records";
import { ReferenceSelect } from "../../../record/ReferenceSelect";
import { useMediaQuery } from "../../../lib/useMediaQuery";
import { Chip } from "../../../ui/marks";
import { SearchInput } from "../../../ui/SearchInput";
import styles from "./Journal.module.css";
import { actions, doors, useJournalWords } from "./words";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/journal");
const typingPause = 350;

/** What is looked for; each answer narrows the search and stands in the address. */
export function JournalFilters() {
  const { t } = useTranslation();
  const model = useModel();
  const words = useJournalWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search.q ?? "");
  const set = (members: JournalSearch) => void navigate({ search: (before) => ({ ...before, ...members }), replace: true });
  const find = useDebouncedCallback((q: string) => set({ q: q.trim() === "" ? undefined : q.trim() }), typingPause);
  const who = useQuery({ ...recordQuery("user", search.by ?? ""), enabled: search.by !== undefined && search.by !== "system" });
  const fields = search.object === undefined ? [] : (model.object(search.object)?.fields ?? []);
  const isNarrowed = Object.values(search).some((value) => value !== undefined);
  return (
    <Folding isOpen={isNarrowed}>
      <SearchInput
        label={t("journal.words")}
        labelled
        value={typed}
        onChange={(text) => {
          setTyped(text);
          find(text);
        }}
      />
      {(search.by === undefined || who.isSuccess) && (
        <ReferenceSelect
          label={t("journal.by")}
          description={undefined}
          error={undefined}
          required={false}
          object="user"
          value={search.by ?? ""}
          title={who.data?.title ?? ""}
          onChange={(id) => set({ by: id === "" ? undefined : id })}
        />
      )}
      <Select
        size="md"
        clearable
        searchable
        label={t("journal.object")}
        data={[
          ...model.all().map(({ object }) => ({ value: object, label: model.objectLabel(object) })),
          { value: "definition", label: words.object("definition") },
          { value: "company", label: words.object("company") },
        ]}
        value={search.object ?? null}
        onChange={(object) => set({ object: object ?? undefined, field: undefined, id: undefined })}
      />
      {fields.length > 0 && (
        <Select
          size="md"
          clearable
          searchable
          label={t("journal.field")}
          data={fields.map(({ name }) => ({ value: name, label: model.fieldLabel(search.object ?? "", name) }))}
          value={search.field ?? null}
          onChange={(field) => set({ field: field ?? undefined })}
        />
      )}
      <Select
        size="md"
        clearable
        label={t("journal.action")}
        data={actions.map((code) => ({ value: code, label: words.action(code) }))}
        value={search.action ?? null}
        onChange={(action) => set({ action: action ?? undefined })}
      />
      <Select
        size="md"
        clearable
        label={t("journal.via")}
        data={doors.map((code) => ({ value: code, label: words.door(code) }))}
        value={search.via ?? null}
        onChange={(via) => set({ via: via ?? undefined })}
      />
      <TextInput
        size="md"
        type="date"
        label={t("journal.from")}
        value={search.from ?? ""}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        size="md"
        type="date"
        label={t("journal.until")}
        value={search.until ?? ""}
        onChange={(event) => set({ until: event.currentTarget.value || undefined })}
      />
      <div className={styles.narrowed}>
        {search.id !== undefined && (
          <Chip remove={() => set({ id: undefined })} removeLabel={t("journal.all_records")}>
            {t("journal.one_record")}
          </Chip>
        )}
        {search.batch !== undefined && (
          <Chip remove={() => set({ batch: undefined })} removeLabel={t("journal.all_records")}>
            {t("journal.one_batch")}
          </Chip>
        )}
        {isNarrowed && (
          <Button
            variant="default"
            size="md"
            onClick={() => {
              setTyped("");
              void navigate({ search: {}, replace: true });
            }}
          >
            {t("journal.clear")}
          </Button>
        )}
      </div>
    </Folding>
  );
}

/** On a phone the conditions stand behind a line, so that what was found is seen first. */
function Folding({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const isWide = useMediaQuery("(min-width: 768px)");
  const [startsOpen] = useState(isOpen);
  const filters = (
    <div className={styles.filters} role="group" aria-label={t("journal.filters")}>
      {children}
    </div>
  );
  if (isWide) return filters;
  return (
    <details className={styles.details} open={startsOpen}>
      <summary>{t("journal.filters")}</summary>
      {filters}
    </details>
  );
}
