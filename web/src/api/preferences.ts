/** What the page keeps for a person at the server, so that they meet it on every device. */
import { useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { meQuery, useMe } from "./queries";

interface Preferences {
  preferences: Record<string, unknown>;
  /** Keeps a value under a name; null forgets it. Shown at once, and taken back when the server refuses. */
  keep: (name: string, value: unknown) => Promise<void>;
}

export function usePreferences(): Preferences {
  const client = useQueryClient();
  const { preferences } = useMe();
  const put = (change: (before: Record<string, unknown>) => Record<string, unknown>) =>
    client.setQueryData(meQuery.queryKey, (me) => me && { ...me, preferences: change(me.preferences) });
  const keep = async (name: string, value: unknown): Promise<void> => {
    const before = preferences[name];
    put((all) => ({ ...all, [name]: value }));
    try {
      await answer(api.PATCH("/api/v1/me", { body: { preferences: { [name]: value } } as never }));
    } catch (error) {
      put((all) => ({ ...all, [name]: before }));
      throw error;
    }
  };
  return { preferences, keep };
}
