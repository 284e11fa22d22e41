import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { expansionOf, is, shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { recordQuery } from "../../api/records";
import { expanded, type AnyRecord } from "../../api/shapes";
import { visitQualityQuery } from "../../api/visitCheck";
import { ScreenError } from "../../app/ScreenError";
import { formatDay, formatTime } from "../../lib/dates";
import { LintAbout } from "../../lint/LintAbout";
import { VisitFindings } from "../../lint/VisitFindings";
import { Together } from "../../record/Together";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/icons";
import { Cards, CardSkeletons, Fact, Section } from "../../ui/parts";
import { useHonorific } from "../../ui/PersonCard";
import { TemperatureBadge } from "../../ui/Temperature";
import { TodoCard } from "../../ui/TodoCard";
import type { TodoKind } from "../../ui/useTodo";
import { EditVisit } from "./EditVisit";
import { Quality } from "./Quality";
import styles from "./RecordedVisit.module.css";
import { TopicCard } from "./TopicCard";

const route = getRouteApi("/app/visit/$id");

/** One visit as it was recorded, with all that came of it. */
export function RecordedVisit() {
  const { id } = route.useParams();
  const visit = useQuery(recordQuery("visit", id, ["hcp", "hco", "owner"]));
  if (visit.isPending) return <CardSkeletons count={3} height={140} />;
  if (visit.isError) return <ScreenError error={visit.error} retry={() => void visit.refetch()} />;
  return <Loaded key={id} visit={visit.data} />;
}

function Loaded({ visit }: { visit: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const [isEditing, setEditing] = useState(false);
  // What was signed is a document: its correction is another one.
  const canEdit = model.may("visit", "update") && visit["state"] === "completed";
  const isPlan = visit["state"] === "planned" || visit["state"] === "draft";
  return (
    <article className={styles.page}>
      <Head visit={visit} />
      {isEditing ? (
        <LintAbout value={{ hcp: String(visit["hcp"]) }}>
          <EditVisit visit={visit} close={() => setEditing(false)} />
        </LintAbout>
      ) : (
        <>
          <Said visit={visit} />
          <div className={styles.tools}>
            {canEdit && (
              <Button variant="default" size="md" leftSection={<Icon name="pen" size={18} />} onClick={() => setEditing(true)}>
                {t("app.edit")}
              </Button>
            )}
            {isPlan && (
              <Link to="/hcp/$id/visit/new" params={{ id: String(visit["hcp"]) }} search={{ visit: visit.id }} className={styles.record}>
                {t("today.record_short")}
              </Link>
            )}
          </div>
        </>
      )}
      <Parts visit={visit.id} />
    </article>
  );
}

/** What hangs on it. */
function Parts({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const worth = useQuery(visitQualityQuery(visit));
  return (
    <Together about={visit} waiting={<CardSkeletons count={3} height={110} />} className={styles.parts}>
      {worth.data && <Quality quality={worth.data} />}
      <VisitFindings visit={visit} />
      <Topics visit={visit} />
      <Products visit={visit} />
      <Shares visit={visit} />
      <Lines visit={visit} object="sign" field="kind" icon="flag" title={t("hcp.signs")} />
      <Lines visit={visit} object="memo" field="text" icon="quote" title={t("hcp.story")} />
      <Todos visit={visit} kind="promise" title={t("hcp.promises")} />
      <Todos visit={visit} kind="task" title={t("hcp.tasks")} />
    </Together>
  );
}

function Head({ visit }: { visit: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const honorific = useHonorific();
  const hcp = expanded(visit, "hcp");
  const hco = expanded(visit, "hco");
  const at = visit["held_at"] ?? visit["planned_at"];
  return (
    <header>
      <h1 className={styles.title}>{t("visit.recorded")}</h1>
      {hcp !== null && (
        <p>
          <Link to="/hcp/$id" params={{ id: hcp.id }} className={styles.person}>
            {honorific(hcp)}
          </Link>
        </p>
      )}
      <p className={styles.facts}>
        {typeof at === "string" && (
          <Fact icon="clock">{`${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)}`}</Fact>
        )}
        <Fact icon="meet">{model.choiceLabel("visit", "channel", String(visit["channel"]))}</Fact>
        <Fact icon="check">{model.choiceLabel("visit", "state", String(visit["state"]))}</Fact>
        <Fact icon="person">{expanded(visit, "owner")?.title}</Fact>
        {hco !== null && (
          <Link to="/hco/$id" params={{ id: hco.id }} className={styles.place}>
            {hco.title}
          </Link>
        )}
      </p>
    </header>
  );
}

function Said({ visit }: { visit: AnyRecord }) {
  const { discussion, quick_note: note, temperature } = visit;
  if (!discussion && !note && !temperature) return null;
  return (
    <div className={styles.said}>
      {typeof temperature === "string" && <TemperatureBadge code={temperature} large />}
      {discussion ? <p>{String(discussion)}</p> : null}
      {note ? <p>{String(note)}</p> : null}
    </div>
  );
}

function Topics({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const topics = useQuery(shortListQuery("topic", { filter: is("visit", visit), expand: ["product"], limit: 100 }));
  const items = topics.data?.items ?? [];
  if (topics.isPending) return <CardSkeletons count={1} height={110} />;
  if (items.length === 0) return null;
  return (
    <Section title={t("visit.topics")} icon="chat" count={items.length}>
      <Cards label={t("visit.topics")}>
        {items.map((topic) => (
          <TopicCard key={topic.id} topic={topic} />
        ))}
      </Cards>
    </Section>
  );
}

function Products({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const details = useQuery({
    ...shortListQuery("detail", { filter: is("visit", visit), expand: ["product", "message"], limit: 100 }),
    enabled: model.may("detail", "read"),
  });
  const items = details.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("visit.products")} icon="product" count={items.length}>
      <Cards label={t("visit.products")}>
        {items.map((detail) => (
          <Plain key={detail.id}>
            <b>{expanded(detail, "product")?.title}</b>
            <p className={styles.soft}>
              {[
                expanded(detail, "message")?.title,
                typeof detail["reaction"] === "string" ? model.choiceLabel("detail", "reaction", detail["reaction"]) : null,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </Plain>
        ))}
      </Cards>
    </Section>
  );
}

/** Approved material that was shown or given. */
function Shares({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const shares = useQuery({
    ...shortListQuery("content_share", { filter: is("visit", visit), expand: ["content"], limit: 100 }),
    enabled: model.may("content_share", "read"),
  });
  const items = shares.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("visit.shares")} icon="file" count={items.length}>
      <Cards label={t("visit.shares")}>
        {items.map((share) => (
          <Plain key={share.id}>
            <b>{expanded(share, "content")?.title}</b>
            {typeof share["how"] === "string" && <p className={styles.soft}>{model.choiceLabel("content_share", "how", share["how"])}</p>}
          </Plain>
        ))}
      </Cards>
    </Section>
  );
}

function Plain({ children }: { children: ReactNode }) {
  return <li className={styles.plain}>{children}</li>;
}

interface LinesProps {
  visit: string;
  object: string;
  field: string;
  icon: IconName;
  title: string;
}

/** Records that are one choice or one text each. */
function Lines({ visit, object, field, icon, title }: LinesProps) {
  const model = useModel();
  const list = useQuery({
    ...shortListQuery(object, { filter: is("visit", visit), limit: 100 }),
    enabled: model.may(object, "read"),
  });
  const items = list.data?.items ?? [];
  const isChoice = model.field(object, field)?.type === "choice";
  if (items.length === 0) return null;
  return (
    <Section title={title} icon={icon} count={items.length}>
      <Cards label={title}>
        {items.map((item) => (
          <Plain key={item.id}>
            {!isChoice && typeof item["kind"] === "string" && (
              <p className={styles.soft}>{model.choiceLabel(object, "kind", item["kind"])}</p>
            )}
            {isChoice ? model.choiceLabel(object, field, String(item[field])) : String(item[field] ?? "")}
          </Plain>
        ))}
      </Cards>
    </Section>
  );
}

function Todos({ visit, kind, title }: { visit: string; kind: TodoKind; title: string }) {
  const model = useModel();
  const list = useQuery({
    ...shortListQuery(kind, { filter: is("visit", visit), expand: expansionOf(kind).filter((name) => name !== "visit"), limit: 100 }),
    enabled: model.may(kind, "read"),
  });
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={title} icon={kind} count={items.length}>
      <Cards label={title}>
        {items.map((item) => (
          <TodoCard key={item.id} kind={kind} record={item} showOwner />
        ))}
      </Cards>
    </Section>
  );
}
