import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { shortListQuery } from "../api/day";
import { useModel } from "../api/queries";
import type { Condition } from "../api/records";
import type { AnyRecord } from "../api/shapes";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/icons";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Section } from "../ui/parts";
import styles from "./RelatedRecords.module.css";

const RecordDialog = lazy(() => import("./RecordDialog").then(({ RecordDialog }) => ({ default: RecordDialog })));

interface RelatedRecordsProps {
  object: string;
  title: string;
  icon: IconName;
  filter: Condition;
  expand: string[];
  sort?: string;
  /** What a new one has from the page that it is made on. */
  fixed: Record<string, unknown>;
  /** Says what belongs here. */
  empty: string;
  /** One record in words. */
  children: (record: AnyRecord) => ReactNode;
  /** Called after one was made, changed or deleted. */
  onChanged?: () => void;
}

const most = 100;

/** Records of any object that belong to the one on the page, each to be changed, and new ones added. */
export function RelatedRecords(props: RelatedRecordsProps) {
  const { object, title, icon, filter, expand, sort, fixed, empty, children, onChanged } = props;
  const { t } = useTranslation();
  const model = useModel();
  const [edited, setEdited] = useState<AnyRecord | "new" | null>(null);
  const list = useQuery(shortListQuery(object, { filter, expand, limit: most, ...(sort === undefined ? {} : { sort }) }));
  if (!model.may(object, "read")) return null;
  const items = list.data?.items ?? [];
  const add = model.may(object, "create") && (
    <Button
      variant="subtle"
      size="sm"
      className={styles.add}
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setEdited("new")}
      aria-label={t("record.add_to", { list: title })}
    >
      {t("record.add")}
    </Button>
  );
  return (
    <Section title={title} icon={icon} count={items.length} action={add}>
      {list.isPending && <CardSkeletons count={1} height={64} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <EmptyState>{empty}</EmptyState>}
      {items.length > 0 && (
        <Cards label={title}>
          {items.map((record) => (
            <li key={record.id} className={styles.card}>
              <div className={styles.what}>{children(record)}</div>
              {model.may(object, "update") && (
                <button
                  type="button"
                  className={styles.edit}
                  onClick={() => setEdited(record)}
                  aria-label={t("record.edit_of", { section: record.title ?? title })}
                >
                  <Icon name="pen" size={18} />
                </button>
              )}
            </li>
          ))}
        </Cards>
      )}
      {edited !== null && (
        <Suspense>
          <RecordDialog
            object={object}
            record={edited === "new" ? null : edited}
            fixed={fixed}
            close={() => setEdited(null)}
            {...(onChanged === undefined ? {} : { onChanged })}
          />
        </Suspense>
      )}
    </Section>
  );
}
