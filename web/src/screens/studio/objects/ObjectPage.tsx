import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { definitionQuery, type Definition } from "../../../api/definitions";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { Tabs } from "../../../ui/Tabs";
import { Bar } from "../design/Bar";
import type { ObjectBody } from "../design/body";
import { ExportButton } from "../design/ExportButton";
import { Checked } from "../design/problems";
import { useDraft } from "../design/useDraft";
import { Versions } from "../design/Versions";
import styles from "../Studio.module.css";
import { FieldList } from "./FieldList";
import { Layouts } from "./Layouts";
import { Names } from "./Names";

const route = getRouteApi("/app/studio/objects/$object");
const parts = ["fields", "layouts", "names", "versions"] as const;
type Part = (typeof parts)[number];

/** One kind of record: its fields, its forms and lists, what people call it, and its versions. */
export function ObjectPage() {
  const { t } = useTranslation();
  const { object } = route.useParams();
  const definition = useQuery(definitionQuery("objects", object));
  return (
    <Page
      title={definition.data?.label ?? object}
      back={<BackLink to="/studio/objects">{t("studio.objects.title")}</BackLink>}
      actions={<ExportButton kind="objects" name={object} />}
    >
      {definition.isPending && <RowSkeletons count={12} />}
      {definition.isError && <ErrorNotice error={definition.error} />}
      {definition.data && <ObjectEditor key={object} definition={definition.data} />}
    </Page>
  );
}

function ObjectEditor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const { part: named, field } = route.useSearch();
  const navigate = route.useNavigate();
  const { kind, name, version } = definition;
  const draft = useDraft(`objects.${name}`, [{ kind, name, version, body: definition.body ?? null }]);
  const part: Part = parts.find((one) => one === named) ?? "fields";
  const body = draft.bodyOf(kind, name) as ObjectBody | null;
  if (body === null) {
    return (
      <>
        <EmptyState icon="lock">{t("studio.withdrawn")}</EmptyState>
        <Versions definition={definition} />
      </>
    );
  }
  const change = (next: ObjectBody) => draft.change(kind, name, next);
  return (
    <Checked changed={draft.changed}>
      <div className={styles.editor}>
        <Tabs
          label={definition.label}
          tabs={parts.map((one) => ({
            label: t(`studio.objects.part_${one}`),
            link: { to: "/studio/objects/$object", params: { object: name }, search: { part: one } },
            current: one === part,
          }))}
        />
        {part === "fields" && (
          <FieldList
            body={body}
            published={definition.body as unknown as ObjectBody | null}
            change={change}
            open={field}
            onOpen={(next) => void navigate({ search: { part, field: next }, replace: true, resetScroll: false })}
          />
        )}
        {part === "layouts" && <Layouts body={body} change={change} />}
        {part === "names" && <Names body={body} change={change} />}
        {part === "versions" && <Versions definition={definition} />}
        <Bar title={definition.label} draft={draft} />
      </div>
    </Checked>
  );
}
