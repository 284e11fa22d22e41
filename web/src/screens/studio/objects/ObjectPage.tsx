import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition, type DefinitionLine } from "../../../api/definitions";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { Tabs } from "../../../ui/Tabs";
import { Bar } from "../design/Bar";
import type { ObjectBody } from "../design/body";
import { ExportButton } from "../design/ExportButton";
import { Checked } from "../design/problems";
import { useDefinition } from "../design/useDefinition";
import { useDraft } from "../design/useDraft";
import { Versions } from "../design/Versions";
import styles from "../Studio.module.css";
import { Access } from "./Access";
import { mentions, withoutObject, type RoleBody } from "./access";
import { FieldList } from "./FieldList";
import { Layouts } from "./Layouts";
import { Names } from "./Names";

const route = getRouteApi("/app/studio/objects/$object");
const parts = ["fields", "layouts", "names", "access", "versions"] as const;
type Part = (typeof parts)[number];

/** One kind of record: its fields, its forms and lists, what people call it, and its versions. */
export function ObjectPage() {
  const { t } = useTranslation();
  const { object } = route.useParams();
  const { definition, isNew, isPending, error } = useDefinition("objects", object);
  const roles = useQuery(definitionsQuery("roles"));
  return (
    <Page
      title={definition?.label ?? object}
      back={<BackLink to="/studio/objects">{t("studio.objects.title")}</BackLink>}
      actions={!isNew && <ExportButton kind="objects" name={object} />}
    >
      {(isPending || roles.isPending) && <RowSkeletons count={12} />}
      {error !== null && <ErrorNotice error={error} />}
      {definition !== undefined && !roles.isPending && (
        <ObjectEditor key={object} definition={definition} roles={roles.data ?? []} isNew={isNew} />
      )}
    </Page>
  );
}

interface ObjectEditorProps {
  definition: Definition;
  roles: DefinitionLine[];
  isNew: boolean;
}

function ObjectEditor({ definition, roles, isNew }: ObjectEditorProps) {
  const { t } = useTranslation();
  const { part: named, field } = route.useSearch();
  const navigate = route.useNavigate();
  const { kind, name, version } = definition;
  const draft = useDraft(`objects.${name}`, [
    { kind, name, version, body: definition.body ?? null },
    ...roles.map((role) => ({ kind: "roles", name: role.name, version: role.version, body: role.body ?? null })),
  ]);
  const part: Part = parts.find((one) => one === named) ?? "fields";
  const body = draft.bodyOf(kind, name) as ObjectBody | null;
  if (body === null) {
    return (
      <>
        <EmptyState icon="lock">{t(isNew ? "studio.not_begun" : "studio.withdrawn")}</EmptyState>
        <Versions definition={definition} />
        <Bar title={definition.label} draft={draft} />
      </>
    );
  }
  const roleBodies = roles.flatMap((role) => (draft.bodyOf("roles", role.name) as RoleBody | null) ?? []);
  const changeRole = (role: RoleBody) => draft.change("roles", role.role, role);
  /** A kind of record goes with everything that roles say of it; its records stay stored, and come back with it. */
  const retire = () =>
    draft.changeSeveral([
      { kind, name, body: null },
      ...roleBodies.filter((role) => mentions(role, name)).map((role) => ({ kind: "roles", name: role.role, body: withoutObject(role, name) })),
    ]);
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
        {part === "access" && <Access body={body} roles={roleBodies} change={change} changeRole={changeRole} />}
        {part === "versions" && <Versions definition={definition} />}
        {part === "versions" && !isNew && definition.shipped == null && <Retire retire={retire} />}
        <Bar title={definition.label} draft={draft} />
      </div>
    </Checked>
  );
}

/** Takes away a kind of record that was made here; it is published like any other change. */
function Retire({ retire }: { retire: () => void }) {
  const { t } = useTranslation();
  return (
    <Section title={t("studio.objects.retire_object")} hint={t("studio.objects.retire_object_hint")}>
      <div>
        <Button size="md" variant="default" leftSection={<Icon name="trash" size={18} />} onClick={retire}>
          {t("studio.objects.retire_object_do")}
        </Button>
      </div>
    </Section>
  );
}
