import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { NothingHere } from "../../app/ScreenError";
import { GuideLine, GuideText, type TopicLink } from "../../help/GuideText";
import { topicNames } from "../../help/places";
import { guideQuery, type Topic } from "../../help/topic";
import { asLanguage } from "../../i18n";
import { CardSkeletons, ErrorNotice } from "../../ui/parts";
import styles from "./Help.module.css";

const route = getRouteApi("/app/help/$topic");

const link: TopicLink = (topic, words) => (
  <Link to="/help/$topic" params={{ topic }}>
    {words}
  </Link>
);

/** One topic of the guide, with the way to the next. */
export function TopicPage() {
  const { t, i18n } = useTranslation();
  const { topic: name } = route.useParams();
  const guide = useQuery(guideQuery(asLanguage(i18n.language) ?? "en"));
  if (guide.isPending) return <CardSkeletons count={4} />;
  if (guide.isError) return <ErrorNotice error={guide.error} retry={() => void guide.refetch()} />;
  const topic = guide.data.find((one) => one.topic === name);
  if (topic === undefined) return <NothingHere />;
  return (
    <article className={styles.page}>
      <p className={styles.back}>
        <Link to="/help">{t("help.all_topics")}</Link>
      </p>
      <h1>{topic.title}</h1>
      <p className={styles.summary}>
        <GuideLine words={topic.summary} link={link} />
      </p>
      <GuideText content={topic.content} link={link} />
      <Next after={name} topics={guide.data} />
    </article>
  );
}

function Next({ after, topics }: { after: string; topics: Topic[] }) {
  const { t } = useTranslation();
  const place = topicNames.findIndex((name) => name === after);
  const next = topics.find((topic) => topic.topic === topicNames[place + 1]);
  if (next === undefined) return null;
  return (
    <p className={styles.next}>
      {t("help.next")} <Link to="/help/$topic" params={{ topic: next.topic }}>{next.title}</Link>
    </p>
  );
}
