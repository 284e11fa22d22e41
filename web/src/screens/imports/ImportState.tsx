import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/marks";

const looks = {
  staged: { tone: "info", icon: "clock" },
  running: { tone: "info", icon: "clock" },
  done: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "warning" },
  cancelling: { tone: "warn", icon: "clock" },
  cancelled: { tone: "plain", icon: "close" },
  undoing: { tone: "warn", icon: "clock" },
  undone: { tone: "plain", icon: "undo" },
} as const;

/** What became of an import, as a word. */
export function ImportState({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = status in looks ? (status as keyof typeof looks) : null;
  if (known === null) return <Badge>{status}</Badge>;
  const { tone, icon } = looks[known];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`imports.state_${known}`)}
    </Badge>
  );
}
