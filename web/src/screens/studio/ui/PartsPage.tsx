import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useColours, type ColourScheme } from "../../../ui/colours";
import { LanguageSwitch } from "../../../ui/LanguageSwitch";
import { Page, Toolbar } from "../../../ui/Page";
import { Tabs } from "../../../ui/Tabs";
import { Actions, Feedback, Inputs, Values } from "./Examples";
import { Tokens } from "./Tokens";

const route = getRouteApi("/app/studio/ui");
const views = ["tokens", "actions", "inputs", "values", "feedback"] as const;
type View = (typeof views)[number];

const shown: Record<View, () => ReactNode> = {
  tokens: () => <Tokens />,
  actions: () => <Actions />,
  inputs: () => <Inputs />,
  values: () => <Values />,
  feedback: () => <Feedback />,
};

/** Everything that screens are made of, in all its states: where a change of the look is judged. */
export function PartsPage() {
  const { t } = useTranslation();
  const { part } = route.useSearch();
  const view = views.find((one) => one === part) ?? "tokens";
  return (
    <Page title={t("parts.title")} hint={t("parts.hint")}>
      <Toolbar label={t("parts.look")}>
        <Colours />
        <LanguageSwitch label={t("me.language")} onChosen={() => {}} />
      </Toolbar>
      <Tabs
        label={t("parts.title")}
        tabs={views.map((one) => ({
          label: t(`parts.${one}`),
          link: { to: "/studio/ui", search: { part: one === "tokens" ? undefined : one } },
          current: one === view,
        }))}
      />
      {shown[view]()}
    </Page>
  );
}

function Colours() {
  const { t } = useTranslation();
  const { scheme, choose } = useColours();
  return (
    <SegmentedControl
      size="md"
      withItemsBorders={false}
      aria-label={t("me.colours")}
      value={scheme}
      onChange={(value) => choose(value as ColourScheme)}
      data={[
        { value: "auto", label: t("me.colours_auto") },
        { value: "light", label: t("me.colours_light") },
        { value: "dark", label: t("me.colours_dark") },
      ]}
    />
  );
}
