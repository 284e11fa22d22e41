import { Button, Switch } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery, type Definition } from "../../../api/definitions";
import { FileButton } from "../../../ui/FileButton";
import { Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { DifferenceList } from "../design/DifferenceList";
import { ExportButton } from "../design/ExportButton";
import { useKindWord } from "../design/kinds";
import { PublishDialog, type PublishedPart } from "../design/PublishDialog";
import styles from "../Studio.module.css";
import { compared, readBundle, type Bundle, type ComparedPart } from "./bundle";

/** Definitions as files: taken out, and brought in after what would change was seen. */
export function FilesPage() {
  const { t } = useTranslation();
  const [bundle, setBundle] = useState<Bundle | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const read = async (file: File) => {
    const found = readBundle(await file.text());
    setBundle(found);
    setWrong(found === null ? t("studio.files.not_ours", { name: file.name }) : null);
  };
  return (
    <Page title={t("studio.files.title")} hint={t("studio.files.hint")}>
      <Section title={t("studio.files.out")}>
        <div className={styles.marks}>
          <ExportButton>{t("studio.files.all")}</ExportButton>
          <ExportButton changed>{t("studio.files.changed")}</ExportButton>
        </div>
      </Section>
      <Section title={t("studio.files.in")} hint={t("studio.files.in_hint")}>
        <div>
          <FileButton accept="application/json,.json" onChoose={(file) => void read(file)}>
            {t("studio.files.choose")}
          </FileButton>
        </div>
        {wrong !== null && (
          <p className={styles.problems} role="alert">
            {wrong}
          </p>
        )}
        {bundle !== null && <BundleReview key={bundle.key} bundle={bundle} close={() => setBundle(null)} />}
      </Section>
    </Page>
  );
}

/** What the file holds beside what is in force. */
function BundleReview({ bundle, close }: { bundle: Bundle; close: () => void }) {
  const { t } = useTranslation();
  const kinds = [...new Set(bundle.parts.map(({ kind }) => kind))];
  const present = useQueries({ queries: kinds.map((kind) => definitionsQuery(kind)) });
  const failed = present.find((query) => query.isError);
  if (failed !== undefined) return <ErrorNotice error={failed.error} />;
  if (present.some((query) => query.isPending)) return <RowSkeletons />;
  const inForce = present.flatMap((query): Definition[] => query.data ?? []);
  const parts = compared(bundle, inForce);
  if (parts.length === 0) return <EmptyState icon="check">{t("studio.files.same")}</EmptyState>;
  return <BundleChanges parts={parts} close={close} />;
}

const keyOf = ({ kind, name }: ComparedPart): string => `${kind}/${name}`;

function BundleChanges({ parts, close }: { parts: ComparedPart[]; close: () => void }) {
  const { t } = useTranslation();
  const kindWord = useKindWord();
  const [chosen, setChosen] = useState(() => parts.map(keyOf));
  const [open, setOpen] = useState(false);
  const choose = (key: string, wanted: boolean) => setChosen(wanted ? [...chosen, key] : chosen.filter((one) => one !== key));
  const taken = parts.filter((part) => chosen.includes(keyOf(part)));
  const published: PublishedPart[] = taken.map(({ kind, name, version, body, before }) => ({ kind, name, version, body, before }));
  return (
    <>
      <p>
        <b>{t("studio.files.differ", { count: parts.length })}</b>
      </p>
      <ul className={styles.boxes}>
        {parts.map((part) => (
          <li key={keyOf(part)} className={styles.box}>
            <Switch
              size="md"
              checked={chosen.includes(keyOf(part))}
              onChange={({ currentTarget }) => choose(keyOf(part), currentTarget.checked)}
              label={t(part.before === null ? "studio.files.part_new" : "studio.files.part", { kind: kindWord(part.kind), name: part.name })}
            />
            <details>
              <summary className={styles.link}>{t("studio.files.differences")}</summary>
              <DifferenceList before={part.before} after={part.body} />
            </details>
          </li>
        ))}
      </ul>
      <div className={styles.marks}>
        <Button size="md" disabled={taken.length === 0} onClick={() => setOpen(true)}>
          {t("studio.review")}
        </Button>
        <Button variant="default" size="md" onClick={close}>
          {t("studio.discard")}
        </Button>
      </div>
      {open && (
        <PublishDialog
          title={t("studio.publish_title", { what: t("studio.files.title") })}
          parts={published}
          published={() => {
            setOpen(false);
            close();
          }}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
