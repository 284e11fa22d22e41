import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fileAddress, filesQuery, type Attachment } from "../api/files";
import { formatBytes } from "../lib/bytes";
import { Icon } from "../ui/icons";
import styles from "./FieldInput.module.css";

/** A file that can be had: its name and size. */
export function Download({ file }: { file: Pick<Attachment, "id" | "name" | "size"> }) {
  const { i18n } = useTranslation();
  return (
    <a href={fileAddress(file.id)} download={file.name} className={styles.download}>
      <Icon name="file" size={18} />
      <span>
        {file.name} <span className={styles.size}>{formatBytes(file.size, i18n.language)}</span>
      </span>
    </a>
  );
}

/** A file of which only the id is known. */
export function FileLink({ object, record, id }: { object: string; record: string; id: string }) {
  const { t } = useTranslation();
  const files = useQuery({ ...filesQuery(object, record), enabled: record !== "" });
  const file = files.data?.find((one) => one.id === id);
  if (file !== undefined) return <Download file={file} />;
  return (
    <a href={fileAddress(id)} download className={styles.download}>
      <Icon name="file" size={18} />
      {t("ui.file_download")}
    </a>
  );
}
