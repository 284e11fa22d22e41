import { useTranslation } from "react-i18next";
import { useMarkAll, type Notification } from "../../api/notifications";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";

/** Marks as read all that the person can have seen: up to the newest that is shown. What comes meanwhile stays unread. */
export function useMarkAllRead(newest: Notification | undefined): () => void {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const { mark, takeBack } = useMarkAll();
  const onError = (error: unknown) => toast({ text: textOf(error), tone: "bad" });
  return () => {
    if (!newest?.at) return;
    mark.mutate(newest.at, {
      onError,
      onSuccess: (readAt) =>
        toast({ text: t("notifications.all_read"), undo: () => takeBack.mutate(readAt, { onError }) }),
    });
  };
}
