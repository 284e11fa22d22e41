import { useQuery } from "@tanstack/react-query";
import { definitionIfAnyQuery, type Body, type Definition } from "../../../api/definitions";
import { remember } from "../../../lib/device";

/** A definition, or what stands for one that is only begun on this device. */
export function useDefinition(kind: string, name: string) {
  const { data, isPending, error } = useQuery(definitionIfAnyQuery(kind, name));
  const isNew = data === null;
  return { definition: isNew ? begun(kind, name) : data, isNew, isPending, error };
}

function begun(kind: string, name: string): Definition {
  return { kind, name, label: name, origin: "withdrawn", version: 0, published_at: null, by: null, by_name: "", note: "", body: null, shipped: null, versions: [] };
}

/** Keeps the first draft of something new on this device, for its page to go on with. */
export function begin(key: string, parts: { kind: string; name: string; body: Body }[]): void {
  const drafts = Object.fromEntries(parts.map(({ kind, name, body }) => [`${kind}/${name}`, { version: 0, body }]));
  remember(`ondo.studio.${key}`, JSON.stringify(drafts));
}
