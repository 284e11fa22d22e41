import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { visitFormQuery, type FormModule } from "../../api/form";
import { useModel } from "../../api/queries";
import type { Hcp } from "../../api/shapes";
import { recordId } from "../../lib/ids";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { CardSkeletons } from "../../ui/parts";
import { Needs } from "../hcp/Needs";
import type { VisitDraft } from "./draft";
import { AskedField, Portrait } from "./AskedField";
import { NoteBox } from "./NoteBox";
import { PromiseLines } from "./PromiseLines";
import { TextLines } from "./TextLines";
import type { VisitCheck } from "./useVisitCheck";
import styles from "./VisitPage.module.css";
import { Discussion, NextContact, Products, Signs, TemperatureReason, TemperatureSeen, type PartProps } from "./VisitParts";

/** What is asked for where no form says otherwise, and without a network. */
const usual: FormModule[] = [
  {
    module: "all",
    label: "",
    aim: "",
    asks: ["temperature", "quick_note", "signs", "topics", "details", "memos", "discussion", "promises", "next_contact_on"].map((ask) => ({
      ask,
      required: false,
    })),
  },
];

/** The name of the form in use, and its modules; null while nobody knows yet. */
export function useVisitForm(hcp: string): { name: string; modules: FormModule[] | null } {
  const form = useQuery(visitFormQuery(hcp));
  const modules = form.data?.modules ?? [];
  if (modules.length > 0) return { name: form.data?.form ?? "", modules };
  return { name: "", modules: form.isPending && form.fetchStatus === "fetching" ? null : usual };
}

interface ModulesProps extends PartProps {
  modules: FormModule[] | null;
  hcp: Hcp;
  lacks: VisitCheck["lacks"];
}

/** The form's modules in its order, each with what its answers are for. */
export function VisitModules({ modules, ...part }: ModulesProps) {
  if (modules === null) return <CardSkeletons count={3} height={120} />;
  return (
    <>
      {modules.map((one) => (
        <Module key={one.module} form={one} {...part} />
      ))}
    </>
  );
}

type ModuleProps = Omit<ModulesProps, "modules"> & { form: FormModule };

function Module({ form, ...part }: ModuleProps) {
  const names = form.asks.map(({ ask }) => ask);
  const beyond = names.filter((name) => name.startsWith("hcp.")).map((name) => name.slice("hcp.".length));
  const [productsOpen, setProductsOpen] = useState(part.draft.details.length > 0);
  return (
    <section className={styles.module} aria-label={form.label || undefined}>
      {form.label !== "" && (
        <header className={styles.moduleHead}>
          <h2>{form.label}</h2>
          {form.aim !== "" && <p>{form.aim}</p>}
        </header>
      )}
      {names.map((name) => (
        <Ask key={name} name={name} productsOpen={productsOpen} {...part} />
      ))}
      {beyond.length > 0 && <Portrait hcp={part.hcp} fields={beyond} draft={part.draft} change={part.change} />}
      <AddRow names={names} products={productsOpen ? null : () => setProductsOpen(true)} {...part} />
    </section>
  );
}

type AskProps = Omit<ModuleProps, "form"> & { name: string; productsOpen: boolean };

/** One thing that is asked for. What this page has no part of its own for is asked as the model describes it. */
function Ask({ name, hcp, lacks, productsOpen, ...part }: AskProps): ReactNode {
  const { draft } = part;
  switch (name) {
    case "temperature":
      return (
        <>
          <TemperatureSeen {...part} last={hcp.temperature ?? null} />
          {draft.temperature !== null && draft.temperature !== hcp.temperature && <TemperatureReason {...part} />}
        </>
      );
    case "quick_note":
      return (
        <>
          <NoteBox {...part} lacks={lacks} />
          <Needs hcp={hcp.id} onlySuggested />
        </>
      );
    case "signs":
      return <Signs {...part} />;
    case "topics":
    case "memos":
      return <TextLines {...part} list={name} />;
    case "details":
      return productsOpen ? <Products {...part} /> : null;
    case "discussion":
      return <Discussion {...part} />;
    case "promises":
      return <PromiseLines {...part} lacks={lacks} />;
    case "next_contact_on":
      return <NextContact {...part} />;
    default:
      return name.includes(".") ? null : <AskedField name={name} {...part} />;
  }
}

interface AddRowProps {
  names: string[];
  draft: VisitDraft;
  change: PartProps["change"];
  products: (() => void) | null;
}

/** What a module may bring besides: each takes one tap to begin. */
function AddRow({ names, draft, change, products }: AddRowProps) {
  const { t } = useTranslation();
  const model = useModel();
  const blank = (object: string) => ({ id: recordId(), kind: model.choices(object, "kind")[0]?.code ?? "", text: "" });
  const buttons = [
    names.includes("promises") && model.may("promise", "create") && (
      <AddButton
        key="promise"
        onClick={() => change({ promises: [...draft.promises, { id: recordId(), deliverable: "", due: null }] })}
      >
        {t("visit.promise_add")}
      </AddButton>
    ),
    names.includes("topics") && (
      <AddButton key="topic" onClick={() => change({ topics: [...draft.topics, blank("topic")] })}>
        {t("visit.topic_add")}
      </AddButton>
    ),
    names.includes("memos") && model.may("memo", "create") && (
      <AddButton key="memo" onClick={() => change({ memos: [...draft.memos, blank("memo")] })}>
        {t("visit.memo_add")}
      </AddButton>
    ),
    names.includes("details") && products !== null && model.may("detail", "create") && (
      <AddButton key="product" onClick={products}>
        {t("visit.product_add")}
      </AddButton>
    ),
  ].filter(Boolean);
  return buttons.length === 0 ? null : <div className={styles.adds}>{buttons}</div>;
}

function AddButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button variant="default" size="md" leftSection={<Icon name="plus" size={18} />} onClick={onClick}>
      {children}
    </Button>
  );
}
