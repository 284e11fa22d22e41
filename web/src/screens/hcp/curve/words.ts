import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { formatDay } from "../../../lib/dates";
import type { Mark } from "./marks";

/** A mark in words, for those who do not see where it stands. */
export function useMarkWords(): (mark: Mark) => string {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  return (mark) => {
    const when = formatDay(new Date(mark.at).toISOString(), i18n.language, me.zone);
    const by = mark.by ?? "–";
    switch (mark.kind) {
      case "reading": {
        const value = model.choiceLabel("hcp", "temperature", mark.code);
        if (mark.previous === null || mark.previous === mark.code) return t("curve.reading_words", { when, value, by });
        return t("curve.change_words", { when, value, by, from: model.choiceLabel("hcp", "temperature", mark.previous) });
      }
      case "visit":
        return t("curve.visit_words", { when, channel: model.choiceLabel("visit", "channel", mark.code), by });
      case "memo":
        return t("curve.memo_words", { when, kind: model.choiceLabel("memo", "kind", mark.code), by });
    }
  };
}
