import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { useChangeRecord } from "../../api/records";
import type { AnyRecord } from "../../api/shapes";
import { allotmentsQuery } from "../../api/value";
import { Button } from "../../ui/Button";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { AllotmentWords } from "./AllotmentWords";
import styles from "./Resources.module.css";

const held = ["allotted", "used"];
const inLine = ["requested", "waiting"];

/** The line in its order, then who has some; those that the reader may see, each given back or marked as used by one tap. */
export function Allotments({ resource, name }: { resource: string; name: string }) {
  const { t } = useTranslation();
  const list = useQuery(allotmentsQuery(resource));
  if (list.isPending) return <CardSkeletons count={2} height={56} />;
  if (list.isError) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const groups = [
    { key: "line", items: list.data.items.filter(({ state }) => inLine.includes(String(state))) },
    { key: "held", items: list.data.items.filter(({ state }) => held.includes(String(state))) },
  ] as const;
  if (groups.every(({ items }) => items.length === 0)) return <p className={styles.soft}>{t("resources.nobody")}</p>;
  return (
    <div className={styles.groups}>
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ key, items }) => (
          <section key={key} aria-label={`${name}: ${t(`resources.${key}`)}`}>
            <h3 className={styles.group}>{t(`resources.${key}`)}</h3>
            <ul className={styles.rows}>
              {items.map((allotment) => (
                <Row key={allotment.id} allotment={allotment} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function Row({ allotment }: { allotment: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const textOf = useErrorText();
  const change = useChangeRecord("allotment", allotment.id);
  const state = String(allotment["state"]);
  const set = (next: string) =>
    change.mutate(
      { version: allotment.version ?? 0, change: { state: next } },
      {
        onSuccess: () => toast({ text: t(`resources.now_${next === "used" ? "used" : "returned"}`) }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  return (
    <li className={styles.row}>
      <AllotmentWords allotment={allotment} about="hcp" />
      {model.may("allotment", "update") && (
        <div className={styles.rowActions}>
          {state === "allotted" && (
            <Button variant="default" size="sm" loading={change.isPending} onClick={() => set("used")}>
              {t("resources.use")}
            </Button>
          )}
          {state !== "used" && (
            <Button variant="subtle" size="sm" loading={change.isPending} onClick={() => set("returned")}>
              {t(state === "allotted" ? "resources.give_back" : "resources.withdraw")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
