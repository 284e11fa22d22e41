import { useTranslation } from "react-i18next";

/**
 * What a member of a definition is called; its own name where the page has no word for it. In some kinds a member means
 * something of its own: there the word of the kind comes first.
 */
export function useMemberWord(kind?: string): (member: string) => string {
  const { t, i18n } = useTranslation();
  return (member) => {
    const keys = [`studio.member_of.${kind ?? ""}.${member}`, `studio.member.${member}`];
    const found = keys.find((key) => i18n.exists(key));
    return found === undefined ? member : t(found as never);
  };
}

/** What a word that definitions may choose from means; the word itself where the page has none for it. */
export function useValueWord(): (value: string) => string {
  const { t, i18n } = useTranslation();
  return (value) => {
    const key = `studio.value.${value}`;
    return i18n.exists(key) ? t(key as never) : value;
  };
}
