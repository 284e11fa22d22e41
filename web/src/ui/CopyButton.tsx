import { useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../lib/clipboard";
import { Button } from "./Button";
import { Icon } from "./icons";
import { useToast } from "./Toasts";

/** Puts a text into the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    toast(done ? { text: t("ui.copied") } : { text: t("ui.copy_failed"), tone: "bad" });
  };
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<Icon name={copied ? "check" : "copy"} size={16} />}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      {label ?? t("ui.copy")}
    </Button>
  );
}
