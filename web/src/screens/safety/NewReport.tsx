import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { NothingHere } from "../../app/ScreenError";
import { useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import { reportQuery } from "../../api/safety";
import type { AnyRecord } from "../../api/shapes";
import { BackLink, Page } from "../../ui/Page";
import { CardSkeletons } from "../../ui/parts";
import { ReportForm } from "./ReportForm";
import { sentenceAt, type ReportStart } from "./start";

const route = getRouteApi("/app/safety/new");

/** A safety report in less than a minute: what the visit tells stands there already. */
export function NewReport() {
  const { t } = useTranslation();
  const model = useModel();
  const start = route.useSearch();
  const visit = useQuery({ ...recordQuery("visit", start.visit ?? "", ["hcp", "hco"]), enabled: start.visit !== undefined });
  const earlier = useQuery({ ...reportQuery(start.follows ?? ""), enabled: start.follows !== undefined });
  if (!model.may("safety_report", "create")) return <NothingHere />;
  const isLoading = (start.visit !== undefined && visit.isPending) || (start.follows !== undefined && earlier.isPending);
  return (
    <Page
      width="text"
      title={t(start.follows === undefined ? "safety.new" : "safety.add")}
      hint={t("safety.new_hint")}
      back={<BackLink to="/safety">{t("safety.title")}</BackLink>}
    >
      {isLoading ? (
        <CardSkeletons count={3} height={120} />
      ) : (
        <ReportForm begun={beginning(start, visit.data, earlier.data)} />
      )}
    </Page>
  );
}

const same = [
  "kind", "market", "product", "product_name", "lot", "expiry", "patient_age", "patient_sex", "hcp", "hco", "reporter_kind",
] as const;

/** What is known before a word is typed; the server fills in what is left out here. */
export function beginning(start: ReportStart, visit: AnyRecord | undefined, earlier: AnyRecord | undefined): AnyRecord {
  const text = start.field === undefined ? undefined : visit?.[start.field];
  const quote = typeof text === "string" ? sentenceAt(text, start.from, start.to) : "";
  const known = earlier === undefined ? {} : Object.fromEntries(same.map((name) => [name, earlier[name] ?? null]));
  return {
    id: "",
    kind: "adverse_event",
    ...known,
    ...(start.kind === undefined ? {} : { kind: start.kind }),
    ...(visit === undefined
      ? {}
      : { visit: visit.id, hcp: visit["hcp"], hco: visit["hco"], aware_at: start.follows === undefined ? visit["held_at"] : null }),
    ...(quote === "" ? {} : { quote, event: quote, source_field: start.field, source_start: start.from, source_end: start.to }),
    ...(start.follows === undefined ? {} : { follows: start.follows }),
    expanded: { ...(earlier?.expanded ?? {}), ...(visit?.expanded ?? {}) },
  } as AnyRecord;
}
