/** A kind of record as it is begun: one field that names each record, in the form and in the list. */
import type { ObjectBody, Texts } from "../design/body";

export interface Beginning {
  name: string;
  labels: Texts;
  plural: Texts;
  /** What people call the field that names each record. */
  titleLabels: Texts;
  /** Whether each record is somebody's, so that roles can reach their own only. */
  owned: boolean;
  ownerLabels: Texts;
}

export const titleField = "name";
const purpose: Texts = {
  en: "Keep what the business needs to know",
  ja: "業務に必要な情報を記録するため",
  zh: "记录业务所需的信息",
};

export function newObject({ name, labels, plural, titleLabels, owned, ownerLabels }: Beginning): ObjectBody {
  const owner = { name: "owner", type: "reference", reference: "user", labels: ownerLabels, default: "me", indexed: true };
  const braces = `{${titleField}}`;
  return {
    object: name,
    labels,
    plural,
    title: { en: braces, ja: braces, zh: braces },
    ownership: owned ? { owner: "owner" } : {},
    fields: [
      { name: titleField, type: "text", labels: titleLabels, required: true, indexed: true, searchable: true, max_length: 200, purpose },
      ...(owned ? [owner] : []),
    ],
    layouts: { form: [{ labels, fields: owned ? [titleField, "owner"] : [titleField] }], list: owned ? [titleField, "owner"] : [titleField] },
  };
}

/** The field by which each record is called, where it is one alone; null where several make the title. */
export function titledBy(title: Texts | undefined): string | null {
  const [first, ...others] = Object.values(title ?? {}).map((text) => /^\{([a-z][a-z0-9_]*)\}$/.exec(text)?.[1] ?? null);
  return first !== undefined && first !== null && others.every((one) => one === first) ? first : null;
}
