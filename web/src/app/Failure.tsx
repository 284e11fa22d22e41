import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { ErrorNotice } from "../ui/parts";
import styles from "./Shell.module.css";

/** A screen that could not be shown: why, and a way to try again. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles.alone}>
      <ErrorNotice error={error} retry={retry} />
    </main>
  );
}
