import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";

interface TogetherProps {
  /** The record that the parts are about: its id stands in the keys of what they ask for. */
  about: string;
  /** What stands here until all of it has come. */
  waiting: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** Parts that each ask for their own: shown once all of it is there, so that none pushes away another that stands. */
export function Together({ about, waiting, className, children }: TogetherProps) {
  const client = useQueryClient();
  const [isWhole, setWhole] = useState(false);
  const asked = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => JSON.stringify(queryKey).includes(about) };
  const fetching = useIsFetching(asked);
  useEffect(() => {
    // Asked again here: what the parts have just begun to ask for is not counted yet while they are drawn.
    if (fetching === 0 && client.isFetching(asked) === 0) setWhole(true);
  });
  return (
    <>
      {!isWhole && waiting}
      <div className={className} hidden={!isWhole}>
        {children}
      </div>
    </>
  );
}
