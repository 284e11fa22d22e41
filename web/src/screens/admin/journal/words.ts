/** The journal's own words in the reader's language. */
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";

export const actions = [
  "create", "update", "delete", "restore", "sign_in", "sign_out", "password", "token_create", "token_revoke", "calendar_make", "calendar_revoke", "export", "publish", "demo",
  "sample_remove",
] as const;

export const doors = ["web", "api", "cli", "import", "rule", "demo", "system"] as const;

/** What is no object of the model and yet stands in the journal. */
const others = ["definition", "company"] as const;

export function useJournalWords() {
  const { t } = useTranslation();
  const model = useModel();
  return {
    action: (code: string): string => {
      const known = actions.find((one) => one === code);
      return known === undefined ? code : t(`journal.action_${known}`);
    },
    door: (code: string): string => {
      const known = doors.find((one) => one === code);
      return known === undefined ? code : t(`journal.door_${known}`);
    },
    object: (name: string): string => {
      const known = others.find((one) => one === name);
      return known === undefined ? model.objectLabel(name) : t(`journal.object_${known}`);
    },
  };
}
