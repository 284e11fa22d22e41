import { Input } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useSendFile } from "../api/files";
import { Button } from "../ui/Button";
import { Progress } from "../ui/marks";
import { FileButton } from "../ui/FileButton";
import { useErrorText } from "../ui/parts";
import { FileLink } from "./FileLink";
import styles from "./FieldInput.module.css";

interface FileInputProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  object: string;
  /** The record that the file is attached to; "" for one that is not saved yet. */
  record: string;
  /** The file's id, or "" for none. */
  value: string;
  onChange: (id: string) => void;
  /** Of a record that is not saved yet: the file that is sent once it is. */
  waiting?: Waiting | undefined;
}

export interface Waiting {
  file: File | null;
  onChoose: (file: File | null) => void;
}

/** A file: sent at once, kept with the record, and put into the field when that is saved. */
export function FileInput({ label, description, error, required = false, object, record, value, onChange, waiting }: FileInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const textOf = useErrorText();
  const sender = useSendFile(object, record);
  const choose = async (file: File) => {
    const sent = await sender.send(file);
    if (sent !== null) onChange(sent.id);
  };
  const wrong = sender.error === null ? error : textOf(sender.error);
  const help = record === "" && waiting === undefined ? t("ui.file_later") : description;
  return (
    <Input.Wrapper id={id} size="md" label={label} description={help} error={wrong} required={required} withAsterisk={false}>
      {record === "" && waiting !== undefined && <WaitingFile id={id} {...waiting} />}
      {record !== "" && (
        <div className={styles.file}>
          {value !== "" && <FileLink object={object} record={record} id={value} />}
          {sender.sending ? (
            <Progress label={t("ui.file_sending", { name: sender.sending.name })} value={sender.sending.share} cancel={sender.cancel} />
          ) : (
            <div className={styles.fileActions}>
              <FileButton id={id} onChoose={(file) => void choose(file)}>
                {t(value === "" ? "ui.file_choose" : "ui.file_replace")}
              </FileButton>
              {value !== "" && !required && (
                <Button variant="subtle" size="md" onClick={() => onChange("")}>
                  {t("ui.file_remove")}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </Input.Wrapper>
  );
}

/** A file that was chosen before there is a record to keep it. */
function WaitingFile({ id, file, onChoose }: Waiting & { id: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.file}>
      {file !== null && <p>{file.name}</p>}
      <div className={styles.fileActions}>
        <FileButton id={id} onChoose={onChoose}>
          {t(file === null ? "ui.file_choose" : "ui.file_replace")}
        </FileButton>
        {file !== null && (
          <Button variant="subtle" size="md" onClick={() => onChoose(null)}>
            {t("ui.file_remove")}
          </Button>
        )}
      </div>
    </div>
  );
}
