import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { chapters } from "../../help/places";
import { findTopics, type FoundTopic } from "../../help/search";
import { guideQuery, plain, type Topic } from "../../help/topic";
import { asLanguage } from "../../i18n";
import { ShowAround } from "../../tour/ShowAround";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { SearchInput } from "../../ui/SearchInput";
import styles from "./Help.module.css";

const route = getRouteApi("/app/help");

/** The whole guide: by chapters, or what was searched for. The address keeps the search. */
export function HelpPage() {
  const { t, i18n } = useTranslation();
  const guide = useQuery(guideQuery(asLanguage(i18n.language) ?? "en"));
  const { q = "" } = route.useSearch();
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t("help.title")}</h1>
        <ShowAround />
      </header>
      <SearchBox q={q} />
      {guide.isPending && <CardSkeletons count={5} height={72} />}
      {guide.isError && <ErrorNotice error={guide.error} retry={() => void guide.refetch()} />}
      {guide.isSuccess && (q === "" ? <Chapters topics={guide.data} /> : <Found found={findTopics(guide.data, q)} />)}
    </div>
  );
}

function SearchBox({ q }: { q: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: "/help" });
  return (
    <form role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchInput
        label={t("help.search")}
        value={q}
        onChange={(text) => void navigate({ search: { q: text || undefined }, replace: true })}
      />
    </form>
  );
}

function Chapters({ topics }: { topics: Topic[] }) {
  const { t } = useTranslation();
  const named = new Map(topics.map((topic) => [topic.topic, topic]));
  return chapters.map((chapter) => (
    <section key={chapter.name} className={styles.chapter} aria-labelledby={`chapter-${chapter.name}`}>
      <h2 id={`chapter-${chapter.name}`}>{t(`help.chapter_${chapter.name}`)}</h2>
      <ul className={styles.topics}>
        {chapter.topics.flatMap((name) => {
          const topic = named.get(name);
          return topic === undefined ? [] : [<TopicLine key={name} topic={topic} line={plain(topic.summary)} />];
        })}
      </ul>
    </section>
  ));
}

function Found({ found }: { found: FoundTopic[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p role="status" className={styles.count}>
        {t("help.found", { count: found.length })}
      </p>
      {found.length === 0 && <EmptyState icon="search">{t("help.nothing_found")}</EmptyState>}
      <ul className={styles.topics}>
        {found.map(({ topic, line }) => (
          <TopicLine key={topic.topic} topic={topic} line={line} />
        ))}
      </ul>
    </>
  );
}

function TopicLine({ topic, line }: { topic: Topic; line: string }) {
  return (
    <li>
      <Link to="/help/$topic" params={{ topic: topic.topic }} className={styles.topic}>
        <span className={styles.name}>{topic.title}</span>
        <span className={styles.line}>{line}</span>
      </Link>
    </li>
  );
}
