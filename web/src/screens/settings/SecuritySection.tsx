import type { QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { signOut, signOutEverywhere } from "../../api/changes";
import { useLeave } from "../../app/useLeave";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/icons";
import { useToast } from "../../ui/Toasts";
import { PasswordForm } from "../password/PasswordForm";
import { Sessions } from "./Sessions";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";

/** Password, the way out, and where one is signed in: last, as nobody knows how long that list is. */
export function SecuritySection() {
  return (
    <div>
      <OwnPassword />
      <SignOut />
      <Sessions />
    </div>
  );
}

/** Folded until it is wanted: most people come here for something else. */
function OwnPassword() {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const saved = () => {
    setOpen(false);
    toast({ text: t("password.saved") });
  };
  return (
    <Setting title={t("sign_in.password")}>
      {open ? (
        <div className={styles.narrow}>
          <PasswordForm onSaved={saved} onCancel={() => setOpen(false)} />
        </div>
      ) : (
        <div>
          <Button variant="default" size="md" onClick={() => setOpen(true)}>
            {t("me.change_password")}
          </Button>
        </div>
      )}
    </Setting>
  );
}

function SignOut() {
  const { t } = useTranslation();
  return (
    <Setting title={t("me.sign_out")} help={t("me.sign_out_everywhere_help")}>
      <div className={styles.ways}>
        <Leave act={signOut} text={t("me.sign_out")} icon="out" />
        <Leave act={signOutEverywhere} text={t("me.sign_out_everywhere")} />
      </div>
    </Setting>
  );
}

interface LeaveProps {
  act: (client: QueryClient) => Promise<void>;
  text: string;
  icon?: IconName;
}

function Leave({ act, text, icon }: LeaveProps) {
  const { leave, pending } = useLeave(act);
  return (
    <Button variant="default" size="md" leftSection={icon && <Icon name={icon} />} onClick={leave} loading={pending}>
      {text}
    </Button>
  );
}
