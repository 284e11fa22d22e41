/** Files attached to records. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "./client";
import { recordKey } from "./records";
import { upload } from "./upload";

export interface Attachment {
  id: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  created_by: string | null;
  created_at: string;
}

/** Where the browser takes a file from. */
export const fileAddress = (id: string): string => `/api/v1/file/${id}`;

export const filesQuery = (object: string, id: string) =>
  queryOptions({
    queryKey: [...recordKey(object, id), "files"],
    queryFn: async (): Promise<Attachment[]> => {
      const path = `/api/v1/${object}/{id}/file` as "/api/v1/hco/{id}/file";
      return (await answer(api.GET(path, { params: { path: { id } } }))).items as unknown as Attachment[];
    },
  });

export interface Sending {
  name: string;
  share: number;
}

/** Attaches a file to a record, telling how far it is; `cancel` stops it. */
export function useSendFile(object: string, id: string) {
  const client = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const send = async (file: File): Promise<Attachment | null> => {
    const control = new AbortController();
    stop.current = control;
    setError(null);
    setSending({ name: file.name, share: 0 });
    try {
      const path = `/api/v1/${object}/${id}/file?name=${encodeURIComponent(file.name)}`;
      const onProgress = (share: number) => setSending({ name: file.name, share });
      const sent = await upload<Attachment>(path, file, { onProgress, signal: control.signal });
      await client.invalidateQueries({ queryKey: [...recordKey(object, id), "files"] });
      return sent;
    } catch (reason) {
      if (!control.signal.aborted) setError(reason);
      return null;
    } finally {
      setSending(null);
    }
  };
  return { send, sending, error, cancel: () => stop.current?.abort() };
}

/** Attaches files to a record that has just been made and puts each into its field; the names of those that did not arrive. */
export async function keepFiles(object: string, id: string, files: Record<string, File>): Promise<string[]> {
  const failed: string[] = [];
  const path = `/api/v1/${object}/{id}` as "/api/v1/hco/{id}";
  for (const [field, file] of Object.entries(files)) {
    try {
      const address = `/api/v1/${object}/${id}/file?name=${encodeURIComponent(file.name)}`;
      const sent = await upload<Attachment>(address, file, { onProgress: () => {}, signal: new AbortController().signal });
      await answer(api.PATCH(path, { params: { path: { id } }, body: { [field]: sent.id } as never }));
    } catch {
      failed.push(file.name);
    }
  }
  return failed;
}
