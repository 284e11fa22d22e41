/** Files of definitions: read, and held against what is in force. */
import type { Body, Definition, DefinitionPart } from "../../../api/definitions";

export interface Bundle {
  /** Tells one reading from the next. */
  key: number;
  parts: DefinitionPart[];
}

export interface ComparedPart extends DefinitionPart {
  version: number;
  /** What is in force; null where there is nothing yet. */
  before: Body | null;
}

type Members = Record<string, unknown>;
const isMembers = (node: unknown): node is Members => typeof node === "object" && node !== null && !Array.isArray(node);

let readings = 0;

function partOf(node: unknown): DefinitionPart | null {
  if (!isMembers(node) || typeof node["kind"] !== "string" || typeof node["name"] !== "string" || !isMembers(node["body"])) return null;
  return { kind: node["kind"], name: node["name"], body: node["body"] };
}

/** What a file written by the Studio holds; null for anything else. */
export function readBundle(text: string): Bundle | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isMembers(read) || read["ondo"] !== "definitions" || !Array.isArray(read["definitions"])) return null;
  const parts = read["definitions"].map(partOf);
  if (parts.some((part) => part === null)) return null;
  readings += 1;
  return { key: readings, parts: parts as DefinitionPart[] };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Only what differs from what is in force, with the version that it would follow. */
export function compared({ parts }: Bundle, inForce: readonly Definition[]): ComparedPart[] {
  return parts.flatMap((part): ComparedPart[] => {
    const present = inForce.find(({ kind, name }) => kind === part.kind && name === part.name);
    const before = (present?.body as Body | null | undefined) ?? null;
    return same(before, part.body) ? [] : [{ ...part, version: present?.version ?? 0, before }];
  });
}
