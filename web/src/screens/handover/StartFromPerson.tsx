import { useState } from "react";
import { useTranslation } from "react-i18next";
import { is } from "../../api/day";
import type { Chosen } from "../../api/handover";
import { useModel } from "../../api/queries";
import { ReferenceSelect } from "../../record/ReferenceSelect";
import { StartDialog } from "./StartDialog";

/** All the doctors of one representative go to another: the representative is asked for first. */
export function StartFromPerson({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const [from, setFrom] = useState("");
  const chosen: Chosen | null = from === "" ? null : { records: { all: true, except: [] }, list: { filter: is("owner", from) } };
  return (
    <StartDialog
      title={t("handover.start_person")}
      chosen={chosen}
      close={close}
      before={
        <ReferenceSelect
          label={model.fieldLabel("handover_plan", "from_user")}
          description={t("handover.from_help")}
          error={undefined}
          required
          object="user"
          value={from}
          title=""
          onChange={setFrom}
        />
      }
    />
  );
}
