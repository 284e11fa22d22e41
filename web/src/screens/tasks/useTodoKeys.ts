import { useMemo, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../../lib/shortcuts";

const cards = "li[data-id]";
const finishOf = (card: Element | undefined) => card?.querySelector<HTMLElement>("[data-finish]");

/** `j` and `k` walk from card to card, `x` finishes the one with the focus and goes on to the next. */
export function useTodoKeys(): RefObject<HTMLDivElement | null> {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const shortcuts = useMemo(() => {
    const all = () => [...(list.current?.querySelectorAll(cards) ?? [])];
    const at = () => all().findIndex((card) => card.contains(document.activeElement));
    const step = (by: number) => finishOf(all()[Math.min(Math.max(at() + by, 0), all().length - 1)])?.focus();
    const finish = () => {
      const [shown, place] = [all(), at()];
      if (place < 0) return;
      finishOf(shown[place])?.click();
      finishOf(shown[place + 1] ?? shown[place - 1])?.focus();
    };
    return [
      { keys: "j", label: t("tasks.key_next"), group: "screen" as const, run: () => step(1) },
      { keys: "k", label: t("tasks.key_before"), group: "screen" as const, run: () => step(-1) },
      { keys: "x", label: t("tasks.key_finish"), group: "screen" as const, run: finish },
    ];
  }, [t]);
  useShortcuts(shortcuts);
  return list;
}
