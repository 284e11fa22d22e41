import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useErrorText } from "../ui/parts";
import { useToast } from "../ui/Toasts";

/** Signs out by `act`, then shows the door. */
export function useLeave(act: (client: QueryClient) => Promise<void>): { leave: () => void; pending: boolean } {
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: async () => {
      await act(client);
      await navigate({ to: "/sign-in" });
    },
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
  });
  return { leave: () => leaving.mutate(), pending: leaving.isPending };
}
