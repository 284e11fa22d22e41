/** The people who use Ondo, as an administrator keeps them. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { listKey, refreshRecord } from "./records";

/** Gives somebody a password that must be changed at the next sign-in; ends all their sessions. */
export function useHandOutPassword(id: string) {
  return useMutation({
    mutationFn: (password: string) =>
      answer(api.POST("/api/v1/user/{id}/password", { params: { path: { id } }, body: { password } as never })),
  });
}

/** Ends somebody's sessions on all their devices. */
export function useSignOutEverywhere(id: string) {
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/user/{id}/sessions", { params: { path: { id } } })),
  });
}

/** Lets somebody in again, or keeps them out from this moment on. */
export function useActivity(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (active: boolean) =>
      answer(api.PATCH("/api/v1/user/{id}", { params: { path: { id } }, body: { active } as never })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: listKey("user") });
      return refreshRecord(client, "user", id);
    },
  });
}
