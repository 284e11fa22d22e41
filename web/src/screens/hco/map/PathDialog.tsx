import { Alert } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSetPath, type InstitutionMap } from "../../../api/hco";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { MoveButtons } from "../../../ui/MoveButtons";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "./Map.module.css";

/** Moves the item at `from` one place up or down. */
function moved<T>(items: T[], from: number, by: -1 | 1): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  next.splice(from + by, 0, item as T);
  return next;
}

/** Which roles a decision goes through here, and in which order. */
export function PathDialog({ map, close }: { map: InstitutionMap; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const set = useSetPath(map.hco.id, map.product);
  const [roles, setRoles] = useState(() => map.roles.map(({ role, label, on_path }) => ({ role, label, on: on_path })));
  const save = (event: FormEvent) => {
    event.preventDefault();
    const chosen = roles.filter(({ on }) => on).map(({ role }) => role);
    set.mutate(chosen, {
      onSuccess: () => {
        toast({ text: t("record.saved") });
        close();
      },
    });
  };
  return (
    <Dialog title={t("hco.path_change")} close={close}>
      <form className={forms.form} onSubmit={save} noValidate>
        {set.error !== null && <Alert role="alert">{textOf(set.error)}</Alert>}
        <p className={styles.soft}>{t(map.product ? "hco.path_of_product" : "hco.path_of_all")}</p>
        <ol className={styles.order}>
          {roles.map(({ role, label, on }, index) => (
            <li key={role}>
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={on}
                  onChange={(event) => {
                    const { checked } = event.currentTarget;
                    setRoles((before) => before.map((one) => (one.role === role ? { ...one, on: checked } : one)));
                  }}
                />
                {label}
              </label>
              <span className={styles.moves}>
                <MoveButtons what={label} index={index} count={roles.length} move={(by) => setRoles(moved(roles, index, by))} />
              </span>
            </li>
          ))}
        </ol>
        <FormActions busy={set.isPending} cancel={close} />
      </form>
    </Dialog>
  );
}
