import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";

interface Look {
  /** `filled` is the one thing that the screen is for; the others stand back. */
  variant?: "filled" | "light" | "default" | "subtle" | undefined;
  /** Of a quiet button: grey where it is beside the matter. */
  color?: "gray" | undefined;
}

interface Face extends Look {
  size?: "sm" | "md" | "lg" | "compact-md" | undefined;
  fullWidth?: boolean | undefined;
  leftSection?: ReactNode;
  rightSection?: ReactNode;
  /** Answers no more presses until what it began has ended. */
  loading?: boolean | undefined;
}

const classes = (...names: (string | undefined)[]): string => names.filter(Boolean).join(" ");

/** The attributes and the inside of whatever looks like a button. */
function dressed({ variant = "filled", color, size = "sm", fullWidth, leftSection, rightSection, loading }: Face, className: string | undefined, words: ReactNode) {
  return {
    className: classes(styles.button, className),
    "data-variant": variant,
    "data-color": color,
    "data-size": size,
    "data-full": fullWidth || undefined,
    "data-left": leftSection ? true : undefined,
    "data-right": rightSection ? true : undefined,
    "data-loading": loading || undefined,
    children: (
      <>
        <span className={styles.face}>
          {leftSection}
          <span className={styles.words}>{words}</span>
          {rightSection}
        </span>
        {loading && <span className={styles.wheel} aria-hidden="true" />}
      </>
    ),
  };
}

type ButtonProps = Face & Omit<ComponentProps<"button">, "color">;

/** A button with words. */
export function Button({ variant, color, size, fullWidth, leftSection, rightSection, loading, className, children, disabled, type = "button", ...rest }: ButtonProps) {
  const face = dressed({ variant, color, size, fullWidth, leftSection, rightSection, loading }, className, children);
  return <button {...rest} {...face} type={type} disabled={disabled === true || loading === true} />;
}

type ButtonAnchorProps = Omit<Face, "loading"> & Omit<ComponentProps<"a">, "color">;

/** An address out of the page, a file to fetch, that looks like a button. */
export function ButtonAnchor({ variant, color, size, fullWidth, leftSection, rightSection, className, children, ...rest }: ButtonAnchorProps) {
  return <a {...rest} {...dressed({ variant, color, size, fullWidth, leftSection, rightSection }, className, children)} />;
}

/** The way to another screen that looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);

interface ActionIconProps extends Look, Omit<ComponentProps<"button">, "color"> {
  "aria-label": string;
  /** Side of the square, in pixels; the smaller one only where rows of them stand. */
  size?: 36 | 44;
}

/** A button of one sign; what it does stands in its name. */
export function ActionIcon({ variant = "filled", color, size = 44, className, type = "button", ...rest }: ActionIconProps) {
  return (
    <button {...rest} type={type} className={classes(styles.icon, className)} data-variant={variant} data-color={color} data-size={size} />
  );
}
