/** What the signed-in person is mailed, and the secret address of their calendar. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { NotificationKind } from "./notifications";
import type { components } from "./schema";

export type MailPlan = components["schemas"]["mail_plan"];
export type MailSubscription = components["schemas"]["mail_subscription"];
export type MailState = MailPlan["mails"][number];
export type CalendarFeed = components["schemas"]["calendar_feed"];

const seconds = 1000;
const isUnderWay = ({ state }: MailState): boolean => state === "waiting" || state === "sending";

/** Asked again while a mail is under way, so that one sees it arrive. */
export const mailQuery = queryOptions({
  queryKey: ["me", "mail"],
  refetchInterval: ({ state }) => (state.data?.mails.some(isUnderWay) ? 3 * seconds : false),
  queryFn: (): Promise<MailPlan> => answer(api.GET("/api/v1/me/mail")),
});

/** Something done about one's mails; what is shown of them is then read again. */
function useMailChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: mailQuery.queryKey }) });
}

export interface NewSubscription {
  dashboard: string;
  parameters: Record<string, string>;
  /** 1 is Monday. */
  weekday: number;
  hour: number;
}

export const useSubscribe = () => useMailChange((body: NewSubscription) => answer(api.POST("/api/v1/me/mail/subscription", { body })));

export const useMoveSubscription = () =>
  useMailChange(({ id, ...body }: { id: string; weekday: number; hour: number }) =>
    answer(api.PATCH("/api/v1/me/mail/subscription/{id}", { params: { path: { id } }, body })),
  );

export const useUnsubscribe = () =>
  useMailChange((id: string) => answer(api.DELETE("/api/v1/me/mail/subscription/{id}", { params: { path: { id } } })));

/** Ends the mails that the signed word of one of them stands for; without sign-in. */
export const endMails = (token: string) => answer(api.POST("/api/v1/mail/unsubscribe/{name}", { params: { path: { name: token } } }));

export const useSaveDigest = () =>
  useMailChange((body: { kinds: NotificationKind[]; hour: number }) => answer(api.PUT("/api/v1/me/mail/digest", { body })));

export const useTestMail = () => useMailChange(() => answer(api.POST("/api/v1/me/mail/test")));

// ---- The calendar ----

export const calendarQuery = queryOptions({
  queryKey: ["me", "calendar"],
  queryFn: (): Promise<CalendarFeed> => answer(api.GET("/api/v1/me/calendar")),
});

/** The answer holds the secret, this once: it is kept nowhere in the page's memory of answers. */
export function useMakeCalendar() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (brief: boolean): Promise<string> => {
      const made = await answer(api.POST("/api/v1/me/calendar", { body: { brief } }));
      return location.origin + (made.path ?? "");
    },
    onSuccess: () => client.invalidateQueries({ queryKey: calendarQuery.queryKey }),
  });
}

export function useRevokeCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/me/calendar")),
    onSettled: () => client.invalidateQueries({ queryKey: calendarQuery.queryKey }),
  });
}
