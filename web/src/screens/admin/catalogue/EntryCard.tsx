import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { labelIn } from "../../../api/model";
import { useModel } from "../../../api/queries";
import { languageNames, languages } from "../../../i18n";
import { inARow } from "../../../lib/inARow";
import { Badge, Chips } from "../../../ui/marks";
import styles from "./CataloguePage.module.css";
import { purposeIn, type Entry } from "./entries";

interface EntryCardProps {
  entry: Entry;
  roleLabels: ReadonlyMap<string, string>;
}

/** One field: what it is called, what it holds, why, how long, and for whom. */
export function EntryCard({ entry, roleLabels }: EntryCardProps) {
  const { t, i18n } = useTranslation();
  const { object, objectLabel, name, label, field, choices, properties, readers, writers } = entry;
  const others = languages.filter((language) => language !== i18n.language.slice(0, 2));
  const months = field.retention_months ?? 0;
  return (
    <li className={styles.entry} data-field={`${object}.${name}`}>
      <div className={styles.entryHead}>
        <div>
          <h2>{label}</h2>
          <p className={styles.quiet}>{objectLabel}</p>
        </div>
        <Link to="/admin/catalogue" search={{ object, q: `${object}.${name}` }} aria-label={`${t("catalogue.link")}: ${label}`}>
          <code>{`${object}.${name}`}</code>
        </Link>
      </div>
      <Chips label={t("catalogue.properties")}>
        {properties.map((property) => (
          <Badge key={property}>{t(`catalogue.${property}`)}</Badge>
        ))}
      </Chips>
      <dl className={styles.facts}>
        <Fact label={t("catalogue.type")}>
          <TypeName entry={entry} />
        </Fact>
        <Fact label={t("catalogue.labels")}>
          {others.map((language) => (
            <span key={language} lang={language} title={languageNames[language]}>
              {labelIn({ labels: field.labels }, language, name)}
            </span>
          ))}
        </Fact>
        <Fact label={t("catalogue.purpose")}>{purposeIn(field, i18n.language.slice(0, 2)) || t("catalogue.no_purpose")}</Fact>
        <Fact label={t("catalogue.retention")}>
          {months === 0 ? t("catalogue.retention_record") : t("catalogue.retention_months", { count: months })}
        </Fact>
        <Fact label={t("catalogue.readers")}>
          <RoleNames roles={readers} all={roleLabels} />
        </Fact>
        <Fact label={t("catalogue.writers")}>
          {field.system === true || field.rollup !== undefined ? t("catalogue.system") : <RoleNames roles={writers} all={roleLabels} />}
        </Fact>
      </dl>
      {choices.length > 0 && (
        <details className={styles.choices}>
          <summary>{`${t("catalogue.choices")} (${choices.length})`}</summary>
          <ul>
            {choices.map((choice) => {
              const named = labelIn(choice, i18n.language, choice.code);
              return <li key={choice.code}>{choice.retired === true ? t("catalogue.retired", { choice: named }) : named}</li>;
            })}
          </ul>
        </details>
      )}
    </li>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const types = ["text", "long_text", "integer", "decimal", "boolean", "date", "instant", "choice", "choices", "email", "phone",
  "url", "tags", "json", "file"] as const;

function TypeName({ entry: { field } }: { entry: Entry }) {
  const { t } = useTranslation();
  const model = useModel();
  if (field.type === "reference") return t("catalogue.reference_to", { object: model.objectLabel(field.reference ?? "") });
  const known = types.find((type) => type === field.type);
  return known === undefined ? field.type : t(`catalogue.type_${known}`);
}

function RoleNames({ roles, all }: { roles: string[]; all: ReadonlyMap<string, string> }) {
  const { t, i18n } = useTranslation();
  if (roles.length === 0) return t("catalogue.nobody");
  if (roles.length === all.size) return t("catalogue.everyone");
  return inARow(i18n.language, roles.map((role) => all.get(role) ?? role));
}
