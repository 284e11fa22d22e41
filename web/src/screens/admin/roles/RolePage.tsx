import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionQuery, definitionsQuery, type Definition } from "../../../api/definitions";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import { FieldRules } from "./FieldRules";
import { PublishDialog } from "./PublishDialog";
import { RightsList } from "./RightsList";
import { appliedAll, type RoleBody } from "./role";
import { RoleMatrix } from "./RoleMatrix";
import styles from "./RolePage.module.css";
import { useChanges } from "./useChanges";
import { useKinds, type Kind } from "./useRoles";
import { Versions } from "./Versions";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/roles/$role");

/** One role: what it may do, changed here, checked and published as a version. */
export function RolePage() {
  const { t } = useTranslation();
  const { role } = route.useParams();
  const definition = useQuery(definitionQuery("roles", role));
  const { kinds, error, isPending } = useKinds();
  const failure = definition.error ?? error;
  return (
    <Page
      title={definition.data?.label ?? role}
      back={<BackLink to="/admin/roles">{t("roles.back")}</BackLink>}
      hint={definition.data && t(`roles.origin_${originOf(definition.data)}`, { version: definition.data.version })}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {failure === null && (isPending || definition.isPending) && <RowSkeletons count={12} />}
      {definition.data && kinds.length > 0 && <RoleEditor key={role} definition={definition.data} kinds={kinds} />}
    </Page>
  );
}

/** Where what is in force comes from, in the words of the page. */
export function originOf({ origin, shipped }: Pick<Definition, "origin" | "shipped">): "shipped" | "published" | "added" | "withdrawn" {
  return origin === "published" && shipped === null ? "added" : origin;
}

function RoleEditor({ definition, kinds }: { definition: Definition; kinds: Kind[] }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { changes, add, takeBack, clear } = useChanges(definition.name);
  const before = definition.body as RoleBody | null;
  if (before === null) {
    return (
      <>
        <EmptyState icon="lock">{t("roles.withdrawn")}</EmptyState>
        <Versions definition={definition} kinds={kinds} />
      </>
    );
  }
  const after = appliedAll(before, changes);
  const put = (more: { q?: string | undefined; fields?: string | undefined }) =>
    void navigate({ search: { ...search, ...more }, replace: true, resetScroll: false });
  return (
    <div className={styles.editor}>
      <RoleMatrix
        kinds={kinds}
        before={before}
        after={after}
        change={add}
        q={search.q ?? ""}
        search={(q) => put({ q: q || undefined })}
      />
      <FieldRules
        kinds={kinds}
        before={before}
        after={after}
        change={add}
        shown={search.fields}
        show={(fields) => put({ fields })}
      />
      <RightsList before={before} after={after} change={add} />
      <Versions definition={definition} kinds={kinds} />
      <ChangeBar definition={definition} kinds={kinds} after={after} changes={changes} takeBack={takeBack} clear={clear} />
    </div>
  );
}

interface ChangeBarProps extends Pick<ReturnType<typeof useChanges>, "changes" | "takeBack" | "clear"> {
  definition: Definition;
  kinds: Kind[];
  after: RoleBody;
}

/** Stays in sight while there are changes: how many, and what to do with them. */
function ChangeBar({ definition, kinds, after, changes, takeBack, clear }: ChangeBarProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const roles = useQuery(definitionsQuery("roles")).data;
  const users = roles?.find(({ name }) => name === definition.name)?.users ?? 0;
  const done = () => {
    setOpen(false);
    clear();
  };
  const discard = () => {
    clear();
    toast({ text: t("roles.discarded") });
  };
  return (
    <>
      {changes.length > 0 && (
        <div className={styles.bar} role="region" aria-label={t("roles.review")}>
          <p role="status">{t("roles.changes", { count: changes.length })}</p>
          <Button size="md" onClick={() => setOpen(true)}>
            {t("roles.review")}
          </Button>
          <Button variant="default" size="md" onClick={discard}>
            {t("roles.discard")}
          </Button>
        </div>
      )}
      {open && (
        <PublishDialog
          definition={definition}
          kinds={kinds}
          changes={changes}
          after={after}
          users={users}
          takeBack={takeBack}
          published={done}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
