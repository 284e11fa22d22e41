import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { exportDefinitions, type DefinitionFile } from "../../../api/definitions";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";

interface ExportButtonProps {
  kind?: string;
  name?: string;
  /** Only what differs from what was shipped. */
  changed?: boolean;
  children?: string;
}

/** Hands out definitions as a file, which the Studio of another company takes in. */
export function ExportButton({ kind, name, changed, children }: ExportButtonProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const query = { ...(kind === undefined ? {} : { kind }), ...(name === undefined ? {} : { name }), ...(changed ? { changed } : {}) };
  const give = useMutation({
    mutationFn: () => exportDefinitions(query),
    onSuccess: (file) => save(file, ["ondo", kind ?? "definitions", name].filter((part) => part !== undefined).join("-")),
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
  });
  return (
    <Button variant="default" size="md" leftSection={<Icon name="download" size={18} />} loading={give.isPending} onClick={() => give.mutate()}>
      {children ?? t("studio.export")}
    </Button>
  );
}

function save(file: DefinitionFile, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }));
  link.download = `${name}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
