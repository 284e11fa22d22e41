import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { importQuery, uploadImport } from "../../api/imports";
import { useModel } from "../../api/queries";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Progress } from "../../ui/marks";
import { BackLink, Page } from "../../ui/Page";
import { EmptyState, ErrorNotice } from "../../ui/parts";
import { ChooseOne } from "../../ui/Tiles";
import styles from "./Imports.module.css";

const route = getRouteApi("/app/imports/new");
const fileLimit = 64 * 1024 * 1024;

/** First what the rows are, then the file: it is sent once, and looked at on the next screen. */
export function NewImport() {
  const { t } = useTranslation();
  const model = useModel();
  const { object } = route.useSearch();
  const navigate = useNavigate({ from: "/imports/new" });
  const objects = model.importable();
  const chosen = objects.find((one) => one.object === object)?.object ?? null;
  const choose = (value: string) => void navigate({ search: { object: value }, replace: true });
  return (
    <Page
      width="text"
      title={t("imports.new_title")}
      hint={t("imports.new_hint")}
      back={<BackLink to="/imports">{t("imports.title")}</BackLink>}
    >
      {objects.length === 0 ? (
        <EmptyState icon="lock">{t("imports.not_allowed")}</EmptyState>
      ) : (
        <>
          <ChooseOne
            legend={t("imports.which_object")}
            name="object"
            value={chosen}
            onChange={choose}
            options={objects.map((one) => ({ value: one.object, label: model.pluralLabel(one.object) }))}
          />
          {chosen && <FileChoice key={chosen} object={chosen} />}
        </>
      )}
    </Page>
  );
}

function FileChoice({ object }: { object: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [share, setShare] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const send = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      stop.current = new AbortController();
      return uploadImport(object, file, { onProgress: setShare, signal: stop.current.signal });
    },
    onSuccess: (record) => {
      client.setQueryData(importQuery(record.id).queryKey, record);
      void client.invalidateQueries({ queryKey: ["imports"] });
      return navigate({ to: "/imports/$id", params: { id: record.id } });
    },
  });
  if (send.isPending) {
    const label = share < 1 ? t("imports.sending", { name: send.variables.name }) : t("imports.looking");
    return <Progress label={label} value={share < 1 ? share : null} cancel={() => stop.current?.abort()} />;
  }
  const isStopped = send.error instanceof DOMException && send.error.name === "AbortError";
  return (
    <>
      <DropZone onFile={(file) => send.mutate(file)} />
      {send.isError && !isStopped && <ErrorNotice error={send.error} />}
      {isStopped && <p role="status">{t("imports.sending_stopped")}</p>}
    </>
  );
}

/** A file by hand or by drag: the button is the native one, so that keyboard and screen reader work as always. */
function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const help = useId();
  const [isOver, setOver] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);
  const take = (file: File | null | undefined) => {
    if (!file) return;
    setTooLarge(file.size > fileLimit);
    if (file.size <= fileLimit) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size={28} />
      <p className={styles.dropHint}>{t("imports.drop")}</p>
      <Button size="md" onClick={() => input.current?.click()} aria-describedby={help}>
        {t("imports.choose_file")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <p id={help} className={styles.quiet}>
        {t("imports.file_help")}
      </p>
      {isTooLarge && (
        <p className={styles.wrong} role="alert">
          {t("imports.file_too_large")}
        </p>
      )}
    </div>
  );
}
