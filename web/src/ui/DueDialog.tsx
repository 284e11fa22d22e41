import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import type { Day } from "../lib/dates";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { QuickDates } from "./QuickDates";

interface DueDialogProps {
  what: string;
  day: Day | null;
  choose: (day: Day) => void;
  close: () => void;
}

/** Another day for something that is due. */
export function DueDialog({ what, day, choose, close }: DueDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [chosen, setChosen] = useState<Day>(day ?? "");
  const save = (
    <Button size="md" disabled={chosen === ""} onClick={() => (chosen === day ? close() : choose(chosen))}>
      {t("app.save")}
    </Button>
  );
  return (
    <Dialog title={t("todo.move_title")} close={close} actions={save}>
      <QuickDates label={what} name="due" value={chosen || null} onChange={setChosen} zone={me.zone} />
    </Dialog>
  );
}
