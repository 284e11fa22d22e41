/** A file on its way to the server, whose progress can be shown and which can be stopped. */
import { writeHeaders } from "./client";
import { ApiProblem, Unreachable } from "./problem";

export interface UploadOptions {
  /** How much of it has left, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends the file as it is; what the server answers, or throws as `answer` does. Stopped, it throws the signal's reason. */
export function upload<T>(path: string, file: Blob, { onProgress, signal }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far an upload is; this does.
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(writeHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(signal.reason as Error);
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status < 300) resolve(body as T);
      else reject(ApiProblem.from(body, request.status));
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
