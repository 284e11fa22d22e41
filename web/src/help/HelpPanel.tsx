import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "../i18n";
import { Dialog } from "../ui/Dialog";
import { CardSkeletons, ErrorNotice } from "../ui/parts";
import { GuideLine, GuideText, type TopicLink } from "./GuideText";
import { ShowAround } from "../tour/ShowAround";
import type { TopicName } from "./places";
import { guideQuery } from "./topic";
import styles from "./HelpPanel.module.css";

/** The topic of the screen behind it, without leaving that screen. */
export function HelpPanel({ topic, close }: { topic: TopicName; close: () => void }) {
  const { t, i18n } = useTranslation();
  const [shown, show] = useState<string>(topic);
  const guide = useQuery(guideQuery(asLanguage(i18n.language) ?? "en"));
  const found = guide.data?.find((one) => one.topic === shown);
  const link: TopicLink = (to, words) => (
    <button type="button" className={styles.link} onClick={() => show(to)}>
      {words}
    </button>
  );
  const actions = (
    <>
      <Link to="/help" className={styles.whole} onClick={close}>
        {t("help.all_topics")}
      </Link>
      <ShowAround before={close} />
    </>
  );
  return (
    <Dialog title={found?.title ?? t("help.title")} close={close} form="panel" actions={actions}>
      {guide.isPending && <CardSkeletons count={3} />}
      {guide.isError && <ErrorNotice error={guide.error} retry={() => void guide.refetch()} />}
      {found !== undefined && (
        <>
          <p className={styles.summary}>
            <GuideLine words={found.summary} link={link} />
          </p>
          <GuideText content={found.content} link={link} />
        </>
      )}
    </Dialog>
  );
}
