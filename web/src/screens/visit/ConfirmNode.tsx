import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import type { Instant } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { InstantInput } from "../../ui/InstantInput";

interface ConfirmNodeProps {
  value: Instant | null;
  onChange: (confirm: Instant | null) => void;
}

/** When receipt is confirmed: three days after the deadline unless somebody says otherwise. */
export function ConfirmNode({ value, onChange }: ConfirmNodeProps) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [isOpen, setOpen] = useState(value !== null);
  if (!isOpen) {
    return (
      <div>
        <Button variant="subtle" size="sm" leftSection={<Icon name="clock" size={16} />} onClick={() => setOpen(true)}>
          {t("visit.confirm_other")}
        </Button>
      </div>
    );
  }
  return (
    <InstantInput
      label={model.fieldLabel("promise", "confirm_at")}
      value={value ?? ""}
      onChange={(confirm) => onChange(confirm || null)}
      zone={me.zone}
    />
  );
}
