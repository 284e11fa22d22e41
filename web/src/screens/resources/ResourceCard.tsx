import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay, today } from "../../lib/dates";
import { ActionIcon, Button } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Badge } from "../../ui/marks";
import { Meter } from "../../ui/Meter";
import { Fact } from "../../ui/parts";
import { Allotments } from "./Allotments";
import styles from "./Resources.module.css";

const RecordDialog = lazy(() => import("../../record/RecordDialog").then(({ RecordDialog }) => ({ default: RecordDialog })));

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** One scarce thing: how much is left of how much, who is called first, and a request by one tap. */
export function ResourceCard({ resource, isOpen }: { resource: AnyRecord; isOpen: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [dialog, setDialog] = useState<"request" | "change" | null>(null);
  const quantity = number(resource["quantity"]);
  const taken = number(resource["taken"]);
  const waiting = number(resource["waiting"]);
  const left = quantity - taken;
  const unit = model.choiceLabel("resource", "unit", String(resource["unit"]));
  const name = String(resource["name"]);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        {model.may("resource", "update") && (
          <ActionIcon variant="subtle" color="gray" size={44} onClick={() => setDialog("change")} aria-label={t("record.edit_of", { section: name })}>
            <Icon name="pen" size={18} />
          </ActionIcon>
        )}
      </div>
      <p className={styles.left}>
        <b>{left > 0 ? t("resources.left", { left, unit }) : t("resources.none_left")}</b>
        <span className={styles.soft}>{t("resources.of", { taken, quantity, unit })}</span>
        {waiting > 0 && <Badge tone="warn">{t("resources.waiting", { count: waiting })}</Badge>}
      </p>
      <Meter value={taken} max={quantity} aria-label={t("resources.of", { taken, quantity, unit })} />
      <Facts resource={resource} />
      <div className={styles.actions}>
        {model.may("allotment", "create") && (
          <Button size="md" leftSection={<Icon name="plus" />} onClick={() => setDialog("request")} aria-label={t("resources.request_of", { name })}>
            {t("resources.request")}
          </Button>
        )}
        <Link to="/resources" search={isOpen ? {} : { open: resource.id }} className={styles.toggle} resetScroll={false} aria-expanded={isOpen}>
          {t(isOpen ? "resources.hide" : "resources.show")}
        </Link>
      </div>
      {isOpen && <Allotments resource={resource.id} name={name} />}
      {dialog !== null && (
        <Suspense>
          {dialog === "change" ? (
            <RecordDialog object="resource" record={resource} fixed={{}} close={() => setDialog(null)} />
          ) : (
            <RecordDialog
              object="allotment"
              record={null}
              fixed={{ resource: resource.id, state: "requested", owner: me.id }}
              close={() => setDialog(null)}
            />
          )}
        </Suspense>
      )}
    </li>
  );
}

/** What it is, when it is, and until when tier A is called first. */
function Facts({ resource }: { resource: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const day = (value: unknown) => formatDay(String(value), i18n.language, me.zone);
  const first = resource["first_call_until"];
  const product = expanded(resource, "product")?.title;
  const team = expanded(resource, "team")?.title;
  return (
    <p className={styles.facts}>
      <Fact icon="star">{model.choiceLabel("resource", "kind", String(resource["kind"]))}</Fact>
      {typeof resource["starts_on"] === "string" && (
        <Fact icon="clock">{[resource["starts_on"], resource["ends_on"]].filter(Boolean).map(day).join(" – ")}</Fact>
      )}
      {product && <Fact icon="product">{product}</Fact>}
      {team && <Fact icon="team">{team}</Fact>}
      {typeof first === "string" && first >= today(me.zone) && <Fact tone="soon">{t("resources.first_call", { day: day(first) })}</Fact>}
    </p>
  );
}
