import { Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Access, FieldAnswer, VerbAnswer } from "../../../api/definitions";
import { useMe } from "../../../api/queries";
import { recordAddress } from "../../../lib/recordAddress";
import { Badge } from "../../../ui/marks";
import { Section } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import { verbs } from "../roles/role";
import styles from "./WhyPage.module.css";

interface WhyAnswerProps {
  access: Access;
  object: string;
  id: string;
}

/** What the person may do with the record: verb by verb, field by field, with the way to change it. */
export function WhyAnswer({ access, object, id }: WhyAnswerProps) {
  const { t } = useTranslation();
  const { user, record } = access;
  return (
    <>
      <Section title={t("why.answer", { person: user.name, role: user.role_label })}>
        <p className={styles.about}>
          {record?.title && <strong>{record.title}</strong>}
          {!user.active && <Badge tone="warn" icon="warning">{t("why.inactive")}</Badge>}
          {record?.deleted && <Badge tone="warn" icon="trash">{t("why.deleted")}</Badge>}
        </p>
        <ul className={styles.verbs}>
          {verbs.map((verb) => (
            <Verb key={verb} label={t(`roles.verb_${verb}`)} verb={verb} answer={access[verb]} />
          ))}
        </ul>
        <Ways access={access} object={object} id={id} />
      </Section>
      <Fields fields={access.fields} />
    </>
  );
}

function Verb({ label, verb, answer }: { label: string; verb: string; answer: VerbAnswer }) {
  const { t } = useTranslation();
  return (
    <li className={styles.verb} data-verb={verb} data-allowed={answer.allowed}>
      <div className={styles.verbHead}>
        <h3>{label}</h3>
        <Badge tone={answer.allowed ? "good" : "danger"} icon={answer.allowed ? "check" : "close"}>
          {t(answer.allowed ? "why.allowed" : "why.refused")}
        </Badge>
      </div>
      <p>{answer.message}</p>
      {answer.remedy !== "" && <p className={styles.remedy}>{answer.remedy}</p>}
    </li>
  );
}

/** Where the answer is made: the role, and whose record it is. */
function Ways({ access, object, id }: WhyAnswerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { user, record } = access;
  return (
    <ul className={styles.ways}>
      {me.may.configure === true && (
        <li>
          <Link to="/admin/roles/$role" params={{ role: user.role }} search={{ q: object, fields: object }}>
            {t("why.to_role", { role: user.role_label })}
          </Link>
        </li>
      )}
      {record?.title !== undefined && !record.deleted && (
        <li>
          <Link to={recordAddress(object, id)}>
            {t("why.to_record")}
          </Link>
        </li>
      )}
      {record?.owner !== undefined && (
        <li>
          <Link to={recordAddress("user", record.owner)}>
            {t("why.owner", { name: record.owner_name ?? "" })}
          </Link>
        </li>
      )}
      {record?.owner !== undefined && record.owner !== user.id && (
        <li>
          <Link to="/admin/why" search={{ user: record.owner, object, id }}>
            {t("why.to_owner", { name: record.owner_name ?? "" })}
          </Link>
        </li>
      )}
    </ul>
  );
}

function Fields({ fields }: { fields: FieldAnswer[] }) {
  const { t } = useTranslation();
  const [restricted, setRestricted] = useState(true);
  const shown = fields.filter(({ code }) => !restricted || code !== "access_ok");
  const answerOf = (allowed: boolean) => (
    <Badge tone={allowed ? "good" : "plain"} icon={allowed ? "check" : "close"}>
      {t(allowed ? "app.yes" : "app.no")}
    </Badge>
  );
  return (
    <Section title={t("why.fields")} hint={t("why.fields_hint")}>
      <Switch
        size="md"
        className={styles.filter}
        label={t("why.only_restricted")}
        checked={restricted}
        onChange={({ currentTarget }) => setRestricted(currentTarget.checked)}
      />
      {shown.length === 0 ? (
        <p>{t("why.none_restricted")}</p>
      ) : (
        <Table
          label={t("why.fields")}
          rows={shown}
          rowKey={({ name }) => name}
          columns={[
            { key: "field", head: t("why.field"), cell: ({ label }) => label },
            { key: "read", head: t("why.can_read"), cell: ({ readable }) => answerOf(readable) },
            { key: "write", head: t("why.can_write"), cell: ({ writable }) => answerOf(writable) },
            { key: "reason", head: t("why.reason"), cell: ({ message }) => message || "–" },
          ]}
        />
      )}
    </Section>
  );
}
