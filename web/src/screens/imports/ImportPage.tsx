import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { importQuery, isMoving } from "../../api/imports";
import { useModel } from "../../api/queries";
import { BackLink, Page } from "../../ui/Page";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { Editor } from "./Editor";
import { ImportState } from "./ImportState";
import styles from "./Imports.module.css";
import { Result } from "./Result";
import { Running } from "./Running";

const route = getRouteApi("/app/imports/$id");

/** One import, whatever it has come to: to be settled, on its way, or ended. */
export function ImportPage() {
  const { t } = useTranslation();
  const model = useModel();
  const { id } = route.useParams();
  const { step } = route.useSearch();
  const found = useQuery(importQuery(id));
  const record = found.data;
  const title = record === undefined ? t("imports.title") : record.file_name;
  return (
    <Page
      title={title}
      hint={
        record && (
          <span className={styles.subtitle}>
            {model.pluralLabel(record.object)}
            <ImportState status={record.status} />
          </span>
        )
      }
      back={<BackLink to="/imports">{t("imports.title")}</BackLink>}
    >
      {found.isPending && <CardSkeletons />}
      {found.isError && <ErrorNotice error={found.error} retry={() => void found.refetch()} />}
      {record?.status === "staged" && <Editor key={record.id} record={record} step={step ?? "columns"} />}
      {record && isMoving(record.status) && <Running record={record} />}
      {record && record.status !== "staged" && !isMoving(record.status) && <Result record={record} />}
    </Page>
  );
}
