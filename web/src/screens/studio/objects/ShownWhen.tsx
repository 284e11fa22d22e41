import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "../../../api/records";
import { ConditionBuilder } from "../../../condition/ConditionBuilder";
import { useReading } from "../../../condition/useReading";
import { parse } from "../../../condition/tree";
import { inWords } from "../../../condition/words";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Icon } from "../../../ui/icons";
import styles from "../Studio.module.css";
import { TryOnRecord } from "./TryOnRecord";

interface ShownWhenProps {
  object: string;
  /** The section or the field that is meant. */
  what: string;
  condition: Condition | undefined;
  onChange: (condition: Condition | undefined) => void;
  /** Only the button, where nothing is said yet. */
  quiet?: boolean;
}

/** When a section or a field is shown, read aloud; and the way to change it. */
export function ShownWhen({ object, what, condition, onChange, quiet = false }: ShownWhenProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const reading = useReading(condition, object);
  return (
    <div className={styles.condition}>
      {(condition !== undefined || !quiet) && (
        <p>
          {condition === undefined ? t("studio.objects.shown_always") : t("studio.objects.shown_when", { what: inWords(parse(condition, object, reading.schema), object, reading) })}
        </p>
      )}
      <Button
        variant="subtle"
        size="sm"
        leftSection={<Icon name="filter" size={16} />}
        aria-label={t("studio.objects.shown_change_of", { what })}
        onClick={() => setOpen(true)}
      >
        {t("studio.objects.shown_change")}
      </Button>
      {open && (
        <ConditionDialog
          object={object}
          what={what}
          condition={condition}
          close={() => setOpen(false)}
          take={(next) => {
            onChange(next);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

interface ConditionDialogProps {
  object: string;
  what: string;
  condition: Condition | undefined;
  take: (condition: Condition | undefined) => void;
  close: () => void;
}

function ConditionDialog({ object, what, condition, take, close }: ConditionDialogProps) {
  const { t } = useTranslation();
  const [logic, setLogic] = useState(condition);
  return (
    <Dialog
      form="panel"
      title={t("studio.objects.shown_title", { what })}
      close={close}
      actions={
        <>
          <Button size="md" onClick={() => take(logic)}>
            {t("studio.take_over")}
          </Button>
          <Button size="md" variant="default" onClick={() => take(undefined)}>
            {t("studio.objects.shown_make_always")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("studio.objects.shown_hint")}</p>
        <ConditionBuilder object={object} logic={logic} onChange={setLogic} counted={false} />
        <TryOnRecord object={object} condition={logic} />
      </div>
    </Dialog>
  );
}
