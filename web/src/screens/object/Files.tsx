import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { filesQuery, useSendFile } from "../../api/files";
import { useMe, useModel } from "../../api/queries";
import { formatDay } from "../../lib/dates";
import { Download } from "../../record/FileLink";
import { RecordTitle } from "../../record/RecordLink";
import { FileButton } from "../../ui/FileButton";
import { Progress } from "../../ui/marks";
import { EmptyState, ErrorNotice, RowSkeletons, useErrorText } from "../../ui/parts";
import { Table } from "../../ui/Table";
import { useToast } from "../../ui/Toasts";

/** The files of a record, and a way to add one. */
export function Files({ object, id }: { object: string; id: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const files = useQuery(filesQuery(object, id));
  if (files.isPending) return <RowSkeletons count={3} />;
  if (files.isError) return <ErrorNotice error={files.error} retry={() => void files.refetch()} />;
  return (
    <>
      {model.may(object, "update") && <AddFile object={object} id={id} />}
      {files.data.length === 0 ? (
        <EmptyState icon="file">{t("object.files_none")}</EmptyState>
      ) : (
        <Table
          label={t("object.view_files")}
          rows={files.data}
          rowKey={(file) => file.id}
          columns={[
            { key: "name", head: t("object.file_name"), cell: (file) => <Download file={file} /> },
            { key: "by", head: t("object.file_by"), cell: (file) => file.created_by && <RecordTitle object="user" id={file.created_by} /> },
            { key: "at", head: t("object.file_at"), cell: (file) => formatDay(file.created_at, i18n.language, me.zone) },
          ]}
        />
      )}
    </>
  );
}

function AddFile({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const sender = useSendFile(object, id);
  const add = async (file: File) => {
    const sent = await sender.send(file);
    if (sent !== null) toast({ text: t("object.file_added", { name: sent.name }) });
  };
  if (sender.sending) {
    return <Progress label={t("ui.file_sending", { name: sender.sending.name })} value={sender.sending.share} cancel={sender.cancel} />;
  }
  return (
    <div>
      <FileButton onChoose={(file) => void add(file)}>{t("object.file_add")}</FileButton>
      {sender.error !== null && <p role="alert">{textOf(sender.error)}</p>}
    </div>
  );
}
