import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { Page } from "../../../ui/Page";
import { ErrorNotice, RowSkeletons } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import styles from "./RolePage.module.css";
import { NewRoleDialog } from "./NewRoleDialog";
import { Published } from "./Versions";
import { Button } from "../../../ui/Button";

/** All roles, how many people have each, and where each comes from. */
export function RolesPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const roles = useQuery(definitionsQuery("roles"));
  return (
    <Page
      title={t("roles.title")}
      hint={t("roles.hint")}
      actions={
        <Button variant="default" size="md" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t("roles.new")}
        </Button>
      }
    >
      {roles.isPending && <RowSkeletons />}
      {roles.isError && <ErrorNotice error={roles.error} retry={() => void roles.refetch()} />}
      {roles.data && (
        <Table
          label={t("roles.title")}
          rows={roles.data}
          rowKey={({ name }) => name}
          columns={[
            {
              key: "name",
              head: t("roles.name"),
              cell: ({ name, label }) => (
                <Link to="/admin/roles/$role" params={{ role: name }} className={styles.name}>
                  {label}
                </Link>
              ),
            },
            { key: "users", head: t("roles.users"), align: "end", cell: ({ users }) => users ?? 0 },
            { key: "state", head: t("roles.state"), cell: (row) => <Origin definition={row} /> },
            { key: "published", head: t("roles.published"), cell: (row) => <Published row={row} /> },
          ]}
        />
      )}
      {adding && roles.data && <NewRoleDialog roles={roles.data} close={() => setAdding(false)} />}
    </Page>
  );
}

function Origin({ definition: { origin, version } }: { definition: Definition }) {
  const { t } = useTranslation();
  if (origin === "shipped") return t("roles.origin_shipped");
  return (
    <Badge tone={origin === "published" ? "accent" : "plain"} icon={origin === "published" ? "pen" : "trash"}>
      {t(`roles.origin_${origin}`, { version })}
    </Badge>
  );
}
