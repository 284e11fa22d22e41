import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Pack } from "../../api/handover";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay } from "../../lib/dates";
import { Icon, type IconName } from "../../ui/icons";
import { Fact } from "../../ui/parts";
import { TemperatureBadge } from "../../ui/Temperature";
import { PackCurve } from "./PackCurve";
import styles from "./Pack.module.css";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Who, how warm, what never to mention, what works, the story, what is open, what next. */
export function PackBody({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const model = useModel();
  const { hcp } = pack;
  // What was put right steps behind its correction.
  const memos = (pack.memos?.items ?? []).filter((memo) => !memo["corrections"]);
  const of = (kind: string) => memos.filter((memo) => memo["kind"] === kind);
  const label = (kind: string) => model.choiceLabel("memo", "kind", kind);
  const phrases = text(hcp.resonating_phrases);
  return (
    <>
      <Part icon="warning" title={t("handover.never_mention")} alert>
        <Memos memos={of("taboo")} empty={t("handover.no_taboo")} />
      </Part>
      <Part icon="thermometer" title={model.fieldLabel("hcp", "temperature")}>
        <p className={styles.facts}>
          <TemperatureBadge code={hcp.temperature} large />
          <Signs signs={pack.signs?.items ?? []} />
        </p>
        <PackCurve readings={pack.readings?.items ?? []} />
      </Part>
      <Part icon="quote" title={t("handover.what_works")}>
        {phrases !== "" && <p className={styles.said}>{phrases}</p>}
        <Memos memos={of("resonated")} empty={phrases === "" ? t("handover.no_phrases") : null} />
        <Preferences hcp={hcp} />
      </Part>
      <Part icon="star" title={label("moment")}>
        <Memos memos={of("moment")} empty={t("handover.no_moments")} />
      </Part>
      {of("story").length > 0 && (
        <Part icon="history" title={label("story")}>
          <Memos memos={of("story")} empty={null} />
        </Part>
      )}
      <Part icon="promise" title={t("hcp.promises")}>
        <Promises promises={pack.promises?.items ?? []} pass={pack.promises_pass} />
      </Part>
      <Part icon="right" title={t("hcp.next_action")}>
        <NextStep hcp={hcp} />
      </Part>
      {(pack.visits?.items ?? []).length > 0 && (
        <Part icon="meet" title={t("handover.last_visits")}>
          <Visits visits={pack.visits?.items ?? []} />
        </Part>
      )}
    </>
  );
}

interface PartProps {
  icon: IconName;
  title: string;
  alert?: boolean;
  children: ReactNode;
}

function Part({ icon, title, alert = false, children }: PartProps) {
  return (
    <section className={styles.part} data-alert={alert || undefined} aria-label={title}>
      <h2 className={styles.title}>
        <Icon name={icon} size={18} />
        {title}
      </h2>
      {children}
    </section>
  );
}

function Memos({ memos, empty }: { memos: AnyRecord[]; empty: string | null }) {
  const { i18n } = useTranslation();
  const me = useMe();
  if (memos.length === 0) return empty === null ? null : <p className={styles.empty}>{empty}</p>;
  return (
    <ul className={styles.memos}>
      {memos.map((memo) => (
        <li key={memo.id}>
          <p>{text(memo["text"])}</p>
          <p className={styles.meta}>
            {[memo["at"] ? formatDay(text(memo["at"]), i18n.language, me.zone) : null, expanded(memo, "by")?.title].filter(Boolean).join(" · ")}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Signs that nobody has cleared. */
function Signs({ signs }: { signs: AnyRecord[] }) {
  const model = useModel();
  const open = signs.filter((sign) => sign["cleared_at"] == null);
  return (
    <>
      {open.map((sign) => (
        <Fact key={sign.id} icon="flag" tone="soon">
          {model.choiceLabel("sign", "kind", text(sign["kind"]))}
        </Fact>
      ))}
    </>
  );
}

const preferred = ["information_form", "visit_preference", "prescribing"] as const;

function Preferences({ hcp }: { hcp: Pack["hcp"] }) {
  const model = useModel();
  const known = preferred.filter((name) => hcp[name]);
  const interests = [hcp.specialty, hcp.academic_interests, hcp.interest_areas].filter(Boolean);
  if (known.length === 0 && interests.length === 0) return null;
  return (
    <dl className={styles.list}>
      {known.map((name) => (
        <div key={name}>
          <dt>{model.fieldLabel("hcp", name)}</dt>
          <dd>{model.choiceLabel("hcp", name, text(hcp[name]))}</dd>
        </div>
      ))}
      {interests.length > 0 && (
        <div>
          <dt>{model.fieldLabel("hcp", "academic_interests")}</dt>
          <dd>{interests.join(" · ")}</dd>
        </div>
      )}
    </dl>
  );
}

function Promises({ promises, pass }: { promises: AnyRecord[]; pass: string | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  if (promises.length === 0) return <p className={styles.empty}>{t("hcp.promises_empty")}</p>;
  return (
    <>
      <ul className={styles.lines}>
        {promises.map((promise) => (
          <li key={promise.id}>
            {text(promise["deliverable"])}{" "}
            <Fact icon="clock">{formatDay(text(promise["due_at"]), i18n.language, me.zone)}</Fact>{" "}
            {expanded(promise, "owner") && <Fact icon="person">{expanded(promise, "owner")?.title}</Fact>}
          </li>
        ))}
      </ul>
      {pass !== undefined && <p className={styles.pass}>{model.choiceLabel("handover_plan", "promises", pass)}</p>}
    </>
  );
}

function NextStep({ hcp }: { hcp: Pack["hcp"] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (!hcp.next_action) return <p className={styles.empty}>{t("handover.no_next")}</p>;
  return (
    <p>
      {hcp.next_action} {hcp.next_action_due && <Fact icon="clock">{formatDay(hcp.next_action_due, i18n.language, me.zone)}</Fact>}
    </p>
  );
}

function Visits({ visits }: { visits: AnyRecord[] }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  return (
    <ul className={styles.lines}>
      {visits.map((visit) => (
        <li key={visit.id}>
          <span className={styles.meta}>
            {[formatDay(text(visit["held_at"]), i18n.language, me.zone), model.choiceLabel("visit", "channel", text(visit["channel"]))].join(" · ")}
          </span>{" "}
          {text(visit["discussion"]) || text(visit["quick_note"])}
        </li>
      ))}
    </ul>
  );
}
