import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../../api/model";
import { useModel } from "../../api/queries";
import { listQuery } from "../../api/records";
import { recordAddress } from "../../lib/recordAddress";
import { Button, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Chips } from "../../ui/marks";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import styles from "./ObjectPages.module.css";

const atFirst = 5;
const atOnce = 50;

/** The records of other objects that refer to this one, a list each; those without any are not shown. */
export function Related({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [states, setStates] = useState<Record<string, boolean>>({});
  const all = model.referring(object);
  const told = Object.values(states);
  const isEmpty = told.length === all.length && told.every((hasItems) => !hasItems);
  return (
    <>
      <NewRelated object={object} id={id} />
      {told.length < all.length && <CardSkeletons count={2} />}
      {isEmpty && <EmptyState icon="record">{t("object.related_none")}</EmptyState>}
      <div className={styles.related}>
        {all.map(({ object: other, field }) => (
          <RelatedList
            key={`${other}.${field.name}`}
            object={other}
            field={field}
            id={id}
            tell={(hasItems) => setStates((before) => (before[`${other}.${field.name}`] === hasItems ? before : { ...before, [`${other}.${field.name}`]: hasItems }))}
          />
        ))}
      </div>
    </>
  );
}

/** What can be added to this record, already referring to it. */
function NewRelated({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const creatable = model.referring(object).filter((one) => model.mayCreate(one.object) && one.field.writable !== false && one.field.name === object);
  if (creatable.length === 0) return null;
  return (
    <Chips label={t("object.add")}>
      {creatable.map(({ object: other, field }) => (
        <ButtonLink
          key={`${other}.${field.name}`}
          to="/o/$object/new"
          params={{ object: other } as never}
          search={{ [field.name]: id } as never}
          size="sm"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
        >
          {model.objectLabel(other)}
        </ButtonLink>
      ))}
    </Chips>
  );
}

interface RelatedListProps {
  object: string;
  field: Field;
  id: string;
  tell: (hasItems: boolean) => void;
}

function RelatedList({ object, field, id, tell }: RelatedListProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [shown, setShown] = useState(atFirst);
  const query = { filter: { "==": [{ var: field.name }, id] }, limit: atOnce };
  const found = useInfiniteQuery(listQuery(object, query));
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const state = found.isPending ? null : items.length > 0 || found.isError;
  useEffect(() => {
    if (state !== null) tell(state);
  });
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  if (items.length === 0) return null;
  const more = () => {
    setShown(items.length);
    if (shown >= items.length) void found.fetchNextPage();
  };
  // Several fields may refer to the same object: then the field tells the lists apart.
  const twice = model.references(object).filter((one) => one.reference === field.reference).length > 1;
  const title = model.pluralLabel(object) + (twice ? ` (${model.fieldLabel(object, field.name)})` : "");
  return (
    <Section title={title}>
      <ul className={styles.links}>
        {items.slice(0, Math.max(shown, atFirst)).map((record) => (
          <li key={record.id}>
            <Link to={recordAddress(object, record.id) as "/"} data-item>
              {record.title || record.id}
            </Link>
          </li>
        ))}
      </ul>
      {(shown < items.length || found.hasNextPage) && (
        <Button size="sm" variant="subtle" onClick={more} loading={found.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </Section>
  );
}
