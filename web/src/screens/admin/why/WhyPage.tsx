import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accessQuery } from "../../../api/definitions";
import { useModel } from "../../../api/queries";
import { recordQuery } from "../../../api/records";
import { ReferenceSelect } from "../../../record/ReferenceSelect";
import { Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { WhyAnswer } from "./WhyAnswer";
import styles from "./WhyPage.module.css";

const route = getRouteApi("/app/admin/why");
const idForm = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** "Why can't X see this?": a person and a record, and the server's own answer for each verb and field. */
export function WhyPage() {
  const { t } = useTranslation();
  const { user, object = "hcp", id } = route.useSearch();
  const asked = user !== undefined && id !== undefined;
  const access = useQuery({ ...accessQuery(object, id ?? "", user ?? ""), enabled: asked });
  return (
    <Page title={t("why.title")} hint={t("why.hint")}>
      <Question />
      {!asked && <EmptyState icon="lock">{t("why.begin")}</EmptyState>}
      {access.isLoading && <RowSkeletons count={6} />}
      {access.isError && <ErrorNotice error={access.error} />}
      {asked && access.data && <WhyAnswer access={access.data} object={object} id={id} />}
    </Page>
  );
}

function Question() {
  const { t, i18n } = useTranslation();
  const model = useModel();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const object = search.object ?? "hcp";
  const put = (more: Partial<typeof search>) => void navigate({ search: { ...search, ...more }, replace: true, resetScroll: false });
  const collator = new Intl.Collator(i18n.language);
  const kinds = model
    .objectNames()
    .map((name) => ({ value: name, label: model.objectLabel(name) }))
    .sort((one, other) => collator.compare(one.label, other.label));
  const isSearched = model.object(object)?.fields.some((field) => field.searchable) ?? false;
  return (
    <div className={styles.question}>
      <Chosen label={t("why.person")} object="user" id={search.user} choose={(user) => put({ user })} />
      <NativeSelect
        size="md"
        label={t("why.kind")}
        value={object}
        onChange={({ currentTarget }) => put({ object: currentTarget.value, id: undefined })}
        data={kinds}
      />
      {isSearched ? (
        <Chosen key={object} label={t("why.record")} object={object} id={search.id} choose={(id) => put({ id })} />
      ) : (
        <RecordId key={object} id={search.id} choose={(id) => put({ id })} />
      )}
    </div>
  );
}

interface ChosenProps {
  label: string;
  object: string;
  id: string | undefined;
  choose: (id: string | undefined) => void;
}

/** A record found by a few letters; one that the address names already is shown by its title. */
function Chosen({ label, object, id, choose }: ChosenProps) {
  const record = useQuery({ ...recordQuery(object, id ?? ""), enabled: id !== undefined, retry: false });
  const title = id === undefined ? "" : (record.data?.title ?? id);
  return (
    <ReferenceSelect
      // The title arrives after the first show, and belongs to what was chosen then.
      key={`${id ?? ""} ${title}`}
      label={label}
      description={undefined}
      error={undefined}
      required={false}
      object={object}
      value={id ?? ""}
      title={title}
      onChange={(chosen) => choose(chosen || undefined)}
    />
  );
}

/** For kinds without a search: the id, or an address that holds it. */
function RecordId({ id, choose }: { id: string | undefined; choose: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(id ?? "");
  return (
    <TextInput
      size="md"
      label={t("why.id")}
      description={t("why.id_hint")}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        choose(idForm.exec(currentTarget.value)?.[0]);
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
