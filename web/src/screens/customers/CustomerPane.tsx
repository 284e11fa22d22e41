import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import { recordAddress } from "../../lib/recordAddress";
import { RecordFields } from "../../record/RecordFields";
import { Icon } from "../../ui/icons";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { TemperatureBadge } from "../../ui/Temperature";
import { HcoView } from "../hco/HcoPage";
import type { HcoLook } from "../hco/routes";
import { HcpView } from "../hcp/HcpPage";
import type { HcpView as HcpViewName } from "../hcp/routes";
import styles from "./CustomerPane.module.css";

interface CustomerPaneProps {
  object: string;
  id: string;
}

/** A customer beside the list, as on the page of their own, which is one step away. */
export function CustomerPane({ object, id }: CustomerPaneProps) {
  return (
    <div className={styles.pane}>
      <OwnPage object={object} id={id} />
      {object === "hcp" ? <Doctor id={id} /> : object === "hco" ? <Institution id={id} /> : <Fields key={id} object={object} id={id} />}
    </div>
  );
}

function OwnPage({ object, id }: CustomerPaneProps) {
  const { t } = useTranslation();
  return (
    <Link to={recordAddress(object, id) as "/"} className={styles.open}>
      {t("customers.open_page")}
      <Icon name="right" size={16} />
    </Link>
  );
}

/** Which part is open stays while one walks from doctor to doctor. */
function Doctor({ id }: { id: string }) {
  const [view, setView] = useState<HcpViewName>("timeline");
  return <HcpView id={id} view={view} onView={setView} />;
}

function Institution({ id }: { id: string }) {
  const [look, setLook] = useState<HcoLook>({});
  return <HcoView id={id} look={look} onLook={(change) => setLook((before) => ({ ...before, ...change }))} />;
}

function Fields({ object, id }: CustomerPaneProps) {
  const model = useModel();
  const references = (model.object(object)?.fields ?? []).filter(({ type }) => type === "reference").map(({ name }) => name);
  const found = useQuery(recordQuery(object, id, references));
  if (found.isPending) return <CardSkeletons count={3} height={150} />;
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  const record = found.data;
  const temperature = record["temperature"];
  return (
    <article className={styles.fields}>
      <header className={styles.head}>
        <h2>{record.title}</h2>
        {typeof temperature === "string" && <TemperatureBadge code={temperature} />}
      </header>
      <RecordFields object={object} record={record} />
    </article>
  );
}
