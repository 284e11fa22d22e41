import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { all, mine, shortListQuery } from "../../api/day";
import type { AnyRecord } from "../../api/shapes";
import type { NameParts } from "../../lib/names";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { PersonName, PlaceLine } from "../../ui/PersonCard";
import { SearchInput } from "../../ui/SearchInput";
import { TemperatureMark } from "../../ui/Temperature";
import styles from "./PickDoctor.module.css";

const typingPause = 200;
const shown = 20;

/** With whom? Those whose next action is due stand first; a few letters find anybody. */
export function PickDoctor() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), typingPause);
  const isSearch = q !== "";
  const list = useQuery(
    shortListQuery("hcp", {
      ...(isSearch ? { q } : { filter: all(mine, { "!!": [{ var: "next_action_due" }] }), sort: "next_action_due" }),
      expand: ["primary_hco"],
      limit: shown,
    }),
  );
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("visit.pick")}</h1>
      <SearchInput label={t("visit.pick_search")} value={text} onChange={setText} />
      {!isSearch && <p className={styles.hint}>{t("visit.pick_hint")}</p>}
      {list.isPending && <CardSkeletons count={6} height={64} />}
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && list.data.items.length === 0 && (
        <EmptyState icon="search" title={t("visit.pick_none")}>
          {t("visit.pick_empty")}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {list.data?.items.map((hcp) => (
          <Choice key={hcp.id} hcp={hcp} />
        ))}
      </ul>
    </div>
  );
}

function Choice({ hcp }: { hcp: AnyRecord }) {
  return (
    <li>
      <Link to="/hcp/$id/visit/new" params={{ id: hcp.id }} className={styles.choice}>
        <TemperatureMark code={hcp["temperature"] as string | null} />
        <span className={styles.who}>
          <b>
            <PersonName person={hcp as NameParts} />
          </b>
          <PlaceLine hcp={hcp} />
        </span>
      </Link>
    </li>
  );
}
