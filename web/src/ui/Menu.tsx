import { Link, type LinkProps } from "@tanstack/react-router";
import { createContext, useContext, useEffect, type KeyboardEvent, type ReactNode } from "react";
import { Icon, type IconName } from "./icons";
import styles from "./Popover.module.css";
import { usePanel, type Trigger } from "./usePanel";

const CloseContext = createContext<() => void>(() => {});

interface MenuProps {
  label: string;
  trigger: (props: Trigger) => ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}

/** Things to do, behind one button: walked by arrows, closed by Escape or a press elsewhere. */
export function Menu({ label, trigger, align = "end", children }: MenuProps) {
  const { trigger: button, face, open, close } = usePanel({ role: "menu", label, align });
  const panel = face.ref;
  useEffect(() => {
    if (open) itemsOf(panel.current)[0]?.focus();
  }, [open, panel]);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(panel.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Tab") return close();
    if (to === undefined || items.length === 0) return;
    event.preventDefault();
    items[to % items.length]?.focus();
  };
  return (
    <>
      {trigger(button)}
      <div {...face} data-form="menu" onKeyDown={onKeyDown}>
        <CloseContext value={close}>{open && children}</CloseContext>
      </div>
    </>
  );
}

const itemsOf = (panel: HTMLElement | null): HTMLElement[] =>
  panel === null ? [] : [...panel.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")];

interface ItemProps {
  icon?: IconName;
  /** A second, quieter line: why it cannot be done, for instance. */
  hint?: ReactNode;
  children: ReactNode;
}

interface MenuItemProps extends ItemProps {
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** Of items of which one or several hold: whether this one does. */
  checked?: boolean;
}

export function MenuItem({ icon, hint, onSelect, danger, disabled, checked, children }: MenuItemProps) {
  const close = useContext(CloseContext);
  const select = () => {
    if (disabled) return;
    close();
    onSelect();
  };
  return (
    <button
      type="button"
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={checked}
      aria-disabled={disabled}
      data-danger={danger || undefined}
      tabIndex={-1}
      className={styles.item}
      onClick={select}
    >
      <ItemFace icon={checked ? "check" : icon} hint={hint} inset={checked === false}>
        {children}
      </ItemFace>
    </button>
  );
}

/** An item that leads somewhere: it can be opened in a new tab like any link. */
export function MenuLink({ icon, hint, children, ...link }: ItemProps & LinkProps) {
  const close = useContext(CloseContext);
  return (
    <Link {...link} role="menuitem" tabIndex={-1} className={styles.item} onClick={close}>
      <ItemFace icon={icon} hint={hint}>
        {children}
      </ItemFace>
    </Link>
  );
}

interface ItemFaceProps {
  icon: IconName | undefined;
  hint: ReactNode;
  /** Stands as far in as those beside it that have an icon. */
  inset?: boolean;
  children: ReactNode;
}

function ItemFace({ icon, hint, inset = false, children }: ItemFaceProps) {
  return (
    <>
      {icon && <Icon name={icon} size={18} />}
      {inset && <span className={styles.inset} />}
      <span className={styles.text}>
        {children}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </>
  );
}

export function MenuTitle({ children }: { children: ReactNode }) {
  return <p role="presentation" className={styles.title}>{children}</p>;
}

export function MenuLine() {
  return <hr className={styles.line} />;
}
