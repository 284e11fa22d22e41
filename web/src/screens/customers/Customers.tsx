import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { customersQuery, useMe, useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { relativeDay } from "../../lib/dates";
import { Icon } from "../../ui/icons";
import { Cards, CardSkeletons, EmptyState, ErrorNotice, Fact } from "../../ui/parts";
import { PersonCard } from "../../ui/PersonCard";
import { TemperatureShape } from "../../ui/Temperature";
import { ChooseOne } from "../../ui/Tiles";
import styles from "./Customers.module.css";

const route = getRouteApi("/app/customers");

/** Find a doctor: by a few letters in any script, or by temperature. The address keeps the search. */
export function Customers() {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("nav.customers")}</h1>
      <div className={styles.tools}>
        <SearchBox />
        <TemperatureFilter />
      </div>
      <Found key={search.temperature ?? ""} />
    </div>
  );
}

const typingPause = 200;

function SearchBox() {
  const { t } = useTranslation();
  const { q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/customers" });
  const [text, setText] = useState(q);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    // An input method is still deciding: its half-written kana are not yet what the person looks for.
    if (composing || text === q) return;
    const timer = setTimeout(() => {
      void navigate({ search: (before) => ({ ...before, q: text.trim() || undefined }), replace: true });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [text, q, composing, navigate]);
  return (
    <TextInput
      type="search"
      size="md"
      aria-label={t("customers.search")}
      placeholder={t("customers.search")}
      leftSection={<Icon name="search" size={18} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}

function TemperatureFilter() {
  const { t } = useTranslation();
  const model = useModel();
  const { temperature } = route.useSearch();
  const navigate = useNavigate({ from: "/customers" });
  const choose = (value: string) =>
    void navigate({ search: (before) => ({ ...before, temperature: value || undefined }), replace: true });
  return (
    <div className={styles.filter}>
      <ChooseOne
        legend={t("customers.temperature")}
        hiddenLegend
        name="temperature"
        value={temperature ?? ""}
        onChange={choose}
        options={[
          { value: "", label: t("customers.any_temperature") },
          ...model.choices("hcp", "temperature").map((choice) => ({
            value: choice.code,
            label: model.label(choice),
            icon: <TemperatureShape code={choice.code} size={16} />,
            temperature: choice.code,
          })),
        ]}
      />
    </div>
  );
}

function Found() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const found = useInfiniteQuery(customersQuery(search));
  if (found.isPending) return <CardSkeletons count={6} height={84} />;
  if (found.isError) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items) as unknown as AnyRecord[];
  if (items.length === 0) {
    return (
      <EmptyState icon="search" title={t("customers.empty")}>
        {t("customers.empty_help")}
      </EmptyState>
    );
  }
  return (
    <>
      <Cards label={t("customers.list")}>
        {items.map((hcp) => (
          <Customer key={hcp.id} hcp={hcp} />
        ))}
      </Cards>
      {found.hasNextPage && (
        <Button
          variant="default"
          size="md"
          fullWidth
          className={styles.more}
          onClick={() => void found.fetchNextPage()}
          loading={found.isFetchingNextPage}
        >
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

function Customer({ hcp }: { hcp: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const last = hcp["last_visit_at"];
  return (
    <PersonCard hcp={hcp}>
      <p>
        <Fact>
          {typeof last === "string"
            ? t("today.last_visit", { when: relativeDay(last, i18n.language, me.zone) })
            : t("today.no_visit")}
        </Fact>
      </p>
    </PersonCard>
  );
}
