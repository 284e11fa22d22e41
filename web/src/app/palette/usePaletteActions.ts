import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { saveLanguage, signOut, turnTo } from "../../api/changes";
import { useMe, useModel } from "../../api/queries";
import type { Hit } from "../../api/search";
import { currentLanguage, languageNames, languages, type Language } from "../../i18n";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import type { Action } from "../actions";
import { show } from "../front";
import { placesFor } from "../places";
import { useLeave } from "../useLeave";
import { useColours } from "../../ui/colours";

/** To every place that the person may use. */
export function usePlaceActions(): Action[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const model = useModel();
  const me = useMe();
  const places = placesFor(model, me).map((place): Action => ({
    id: `go.${place.to}`,
    label: t("shortcuts.go", { place: t(place.key) }),
    icon: place.icon,
    keywords: place.to,
    ...("go" in place ? { keys: `g ${place.go}` } : {}),
    run: () => void navigate({ to: place.to }),
  }));
  const settings: Action = {
    id: "go./me",
    label: t("shortcuts.go", { place: t("settings.title") }),
    icon: "settings",
    keywords: "settings password",
    run: () => void navigate({ to: "/settings/language" }),
  };
  return [...places, settings];
}

/** A new record of, and the list of, every object, as far as the model permits. */
export function useObjectActions(): Action[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const model = useModel();
  return model.all().flatMap((object) => {
    const name = object.object;
    const list: Action = {
      id: `list.${name}`,
      label: t("palette.list_of", { what: model.pluralLabel(name) }),
      icon: "list",
      keywords: name,
      run: () => void navigate({ to: "/o/$object", params: { object: name } }),
    };
    const create: Action = {
      id: `new.${name}`,
      label: t("palette.new_of", { what: model.objectLabel(name) }),
      icon: "plus",
      keywords: `new add ${name}`,
      run: () => void navigate({ to: "/o/$object/new", params: { object: name } }),
    };
    return model.mayCreate(name) ? [create, list] : [list];
  });
}

/** A visit to a doctor who was found. */
export function useHitActions(hits: readonly Hit[]): Action[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const model = useModel();
  if (!model.may("visit", "create")) return [];
  return hits
    .filter((hit) => hit.object === "hcp")
    .slice(0, 2)
    .map((hit) => ({
      id: `visit.${hit.id}`,
      label: t("palette.visit_of", { who: hit.title }),
      icon: "meet",
      run: () => void navigate({ to: "/hcp/$id/visit/new", params: { id: hit.id } }),
    }));
}

/** What concerns the person: language, colours, keys, the way out; for administrators the parts of the page. */
export function usePersonActions(): Action[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { leave } = useLeave(signOut);
  const { choose } = useColours();
  const speak = useSpeak();
  const colours = (["light", "dark", "auto"] as const).map((scheme): Action => ({
    id: `colours.${scheme}`,
    label: `${t("me.colours")}: ${t(`me.colours_${scheme}`)}`,
    icon: scheme === "dark" ? "moon" : "sun",
    keywords: `theme colour ${scheme}`,
    run: () => choose(scheme),
  }));
  const tongues = languages.filter((language) => language !== currentLanguage()).map((language): Action => ({
    id: `language.${language}`,
    label: `${t("me.language")}: ${languageNames[language]}`,
    icon: "globe",
    keywords: `language 言語 语言 ${language}`,
    run: () => speak(language),
  }));
  const parts: Action = {
    id: "go./studio/ui",
    label: t("parts.title"),
    icon: "palette",
    keywords: "design system components ui",
    run: () => void navigate({ to: "/studio/ui" }),
  };
  return [
    { id: "shortcuts", label: t("shortcuts.title"), icon: "keyboard", keywords: "keyboard shortcuts", keys: "?", run: () => show("shortcuts") },
    ...tongues,
    ...colours,
    ...(me.role === "admin" ? [parts] : []),
    { id: "sign_out", label: t("me.sign_out"), icon: "out", keywords: "sign out logout", run: leave },
  ];
}

function useSpeak(): (language: Language) => void {
  const toast = useToast();
  const textOf = useErrorText();
  const client = useQueryClient();
  const speak = useMutation({
    mutationFn: async (language: Language) => {
      await turnTo(client, language);
      await saveLanguage(language);
    },
    onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["me"] }),
  });
  return (language) => speak.mutate(language);
}
