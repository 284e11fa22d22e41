import { useMatches } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionIcon } from "../ui/Button";
import { Icon } from "../ui/icons";
import { lazyPart } from "../ui/lazyPart";
import { topicOf } from "./places";

const HelpPanel = lazyPart(() => import("./HelpPanel").then((module) => module.HelpPanel));

/** The question mark: explains the screen that it stands on. */
export function HelpButton() {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  const screen = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? "/" });
  const topic = topicOf[screen.replace(/(.)\/$/, "$1")] ?? "start";
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size={44} data-tour="help" onClick={() => open(true)} aria-label={t("help.open")}>
        <Icon name="help" size={22} />
      </ActionIcon>
      {isOpen && (
        <Suspense>
          <HelpPanel topic={topic} close={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
