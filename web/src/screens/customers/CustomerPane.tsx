import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import { recordAddress } from "../../lib/recordAddress";
import { RecordFields } from "../../record/RecordFields";
import { Icon } from "../../ui/icons";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./CustomerPane.module.css";

/** A customer beside the list: who it is, and everything that is recorded; the whole page is one step away. */
export function CustomerPane({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const references = (model.object(object)?.fields ?? []).filter(({ type }) => type === "reference").map(({ name }) => name);
  const found = useQuery(recordQuery(object, id, references));
  if (found.isPending) return <CardSkeletons count={3} height={150} />;
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  const record = found.data;
  const temperature = record["temperature"];
  return (
    <article className={styles.pane}>
      <header className={styles.head}>
        <h2>{record.title}</h2>
        {typeof temperature === "string" && <TemperatureBadge code={temperature} />}
        <Link to={recordAddress(object, id) as "/"} className={styles.open}>
          {t("customers.open_page")}
          <Icon name="right" size={16} />
        </Link>
      </header>
      <RecordFields object={object} record={record} />
    </article>
  );
}
