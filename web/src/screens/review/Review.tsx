import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { is, shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { groupInquiriesQuery, reviewQuery, type Review as ReviewAnswer } from "../../api/review";
import { expanded } from "../../api/shapes";
import { addDays, formatDay } from "../../lib/dates";
import { RecordLink } from "../../record/RecordLink";
import { ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Stat, Stats } from "../../ui/marks";
import { Page } from "../../ui/Page";
import { CardSkeletons, EmptyState, ErrorNotice, Section } from "../../ui/parts";
import { GroupCard, type GroupInquiry } from "./GroupCard";
import { NeedLine } from "./NeedLine";
import styles from "./Review.module.css";

const route = getRouteApi("/app/review");

/** A week's questions by likeness, with what became of them, and the needs that records speak of. */
export function Review() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const review = useQuery(reviewQuery(search));
  return (
    <Page title={t("review.title")} hint={t("review.hint")}>
      <Waiting />
      {review.isPending && <CardSkeletons count={4} height={140} />}
      {review.isError && <ErrorNotice error={review.error} retry={() => void review.refetch()} />}
      {review.isSuccess && <Loaded review={review.data} />}
    </Page>
  );
}

/** What medical affairs has still to answer. */
function Waiting() {
  const { t } = useTranslation();
  const list = useQuery(shortListQuery("inquiry", { filter: is("state", "open"), sort: "-state", limit: 20, total: true }));
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("review.waiting")} icon="chat" count={list.data?.total ?? items.length}>
      <ul className={styles.waiting}>
        {items.map((inquiry) => (
          <li key={inquiry.id}>
            <RecordLink object="inquiry" id={inquiry.id} title={inquiry.title ?? ""} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Loaded({ review }: { review: ReviewAnswer }) {
  const { t } = useTranslation();
  return (
    <>
      <Tools review={review} />
      <Stats>
        <Stat label={t("review.asked")} value={review.asked} />
        <Stat label={t("review.groups")} value={review.total} />
        {/* Who reads no visits, as in medical affairs, is not told of none. */}
        {review.notes > 0 && <Stat label={t("review.notes")} value={review.notes} />}
      </Stats>
      <details className={styles.measure}>
        <summary>{t("review.how")}</summary>
        <p>{review.measure}</p>
      </details>
      <div className={styles.columns}>
        <Groups review={review} />
        <Needs review={review} />
      </div>
    </>
  );
}

function Tools({ review }: { review: ReviewAnswer }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const span = [review.week, addDays(review.week, 6)].map((day) => formatDay(day, i18n.language, me.zone)).join(" – ");
  const change = (name: "product" | "subject") => (event: { currentTarget: { value: string } }) => {
    const value = event.currentTarget.value || undefined;
    void navigate({ search: { ...search, [name]: value }, replace: true });
  };
  const products = review.products.filter(({ product }) => product !== null);
  return (
    <div className={styles.tools}>
      <div className={styles.week} role="group" aria-label={t("review.week")}>
        <ButtonLink to="/review" search={{ ...search, week: addDays(review.week, -7) }} variant="default" size="md" aria-label={t("review.week_before")}>
          <Icon name="back" size={18} />
        </ButtonLink>
        <b className={styles.span} aria-live="polite">{span}</b>
        <ButtonLink to="/review" search={{ ...search, week: addDays(review.week, 7) }} variant="default" size="md" aria-label={t("review.week_after")}>
          <span className={styles.forward}>
            <Icon name="back" size={18} />
          </span>
        </ButtonLink>
      </div>
      <NativeSelect
        size="md"
        label={model.fieldLabel("topic", "product")}
        value={search.product ?? ""}
        onChange={change("product")}
        data={[
          { value: "", label: t("review.all_products") },
          ...products.map(({ product, title, count }) => ({ value: product ?? "", label: `${title} (${count})` })),
        ]}
      />
      <NativeSelect
        size="md"
        label={model.fieldLabel("topic", "subjects")}
        value={search.subject ?? ""}
        onChange={change("subject")}
        data={[
          { value: "", label: t("review.all_subjects") },
          ...review.by_subject.map(({ subject, count }) => ({
            value: subject,
            label: `${model.choiceLabel("topic", "subjects", subject)} (${count})`,
          })),
        ]}
      />
    </div>
  );
}

/** On a Monday the week has nothing to tell yet; the one before it has. */
function WeekBefore({ week }: { week: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <ButtonLink to="/review" search={{ ...search, week: addDays(week, -7) }} variant="default" size="md">
      {t("review.see_week_before")}
    </ButtonLink>
  );
}

function Groups({ review }: { review: ReviewAnswer }) {
  const { t } = useTranslation();
  const sent = useQuery(groupInquiriesQuery(review.groups));
  const byTopic = new Map<string, GroupInquiry>();
  for (const source of sent.data?.items ?? []) {
    const inquiry = expanded(source, "inquiry");
    if (inquiry !== null) byTopic.set(String(source["topic"]), inquiry);
  }
  return (
    <Section title={t("review.questions")} icon="chat" count={review.total}>
      {review.groups.length === 0 ? (
        <EmptyState icon="chat" action={<WeekBefore week={review.week} />}>
          {t("review.no_questions")}
        </EmptyState>
      ) : (
        <ul className={styles.cards}>
          {review.groups.map((group) => (
            <GroupCard
              key={group.sources[0]?.topic ?? group.question}
              group={group}
              week={review.week}
              inquiry={group.sources.map(({ topic }) => byTopic.get(topic)).find((one) => one !== undefined) ?? null}
            />
          ))}
        </ul>
      )}
      {review.total > review.groups.length && (
        <p className={styles.soft}>{t("review.more", { count: review.total - review.groups.length })}</p>
      )}
    </Section>
  );
}

function Needs({ review }: { review: ReviewAnswer }) {
  const { t } = useTranslation();
  return (
    <Section title={t("review.needs")} icon="flag" hint={t("review.needs_hint")}>
      {review.needs.length === 0 ? (
        <EmptyState icon="flag">{t("review.no_needs")}</EmptyState>
      ) : (
        <ul className={styles.cards}>
          {review.needs.map((need) => (
            <NeedLine key={need.need} need={need} />
          ))}
        </ul>
      )}
    </Section>
  );
}
