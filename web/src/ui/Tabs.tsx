import { Link, type LinkProps } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { useHidden } from "../lib/useHidden";
import { Icon } from "./icons";
import styles from "./Tabs.module.css";

export interface Tab {
  label: ReactNode;
  /** Where it leads: every part of a screen has an address of its own. */
  link: LinkProps;
  current: boolean;
  count?: number | undefined;
}

/** The parts of a screen as links beside each other; the one that is open is marked and kept in sight. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const list = useRef<HTMLUListElement>(null);
  const at = tabs.findIndex((tab) => tab.current);
  useEffect(() => {
    const shown = list.current?.children[at] as HTMLElement | undefined;
    if (shown && list.current) list.current.scrollLeft = shown.offsetLeft - list.current.offsetLeft - 24;
  }, [at]);
  const hidden = useHidden(list);
  return (
    <nav className={styles.tabs} aria-label={label} data-before={hidden.before || undefined} data-after={hidden.after || undefined}>
      <ul ref={list} className={styles.list}>
        {tabs.map((tab, index) => (
          <li key={index}>
            <Link
              {...tab.link}
              className={styles.tab}
              // Addresses that differ in their search only are told apart by the screen, not by the router.
              activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
              aria-current={tab.current ? "page" : undefined}
              resetScroll={false}
              replace
            >
              {tab.label}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <span className={styles.before} aria-hidden="true">
        <Icon name="back" size={16} />
      </span>
      <span className={styles.after} aria-hidden="true">
        <Icon name="right" size={16} />
      </span>
    </nav>
  );
}
