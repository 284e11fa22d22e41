import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Condition } from "../api/records";

interface RecordsLinkProps {
  object: string;
  /** What was counted; without it there is nothing to open. */
  filter: Condition | undefined;
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A number that opens the records behind it, in the list where records of their object are worked with. */
export function RecordsLink({ object, filter, label, className, children }: RecordsLinkProps) {
  if (filter === undefined) return <span className={className}>{children}</span>;
  const common = { className, "aria-label": label };
  switch (object) {
    case "task":
    case "promise":
      return (
        <Link to="/tasks" search={{ kind: object, scope: "team", filter }} {...common}>
          {children}
        </Link>
      );
    case "hcp":
    case "hco":
      return (
        <Link to="/customers" search={{ filter, ...(object === "hco" ? { object } : {}) }} {...common}>
          {children}
        </Link>
      );
    default:
      return (
        <Link to="/team/records" search={{ object, filter, title: label }} {...common}>
          {children}
        </Link>
      );
  }
}
