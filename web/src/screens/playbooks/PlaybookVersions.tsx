import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moveQuery, playbookVersionsQuery, useMoveVersion, type PlaybookVersion } from "../../api/playbooks";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { CardSkeletons, EmptyState, ErrorNotice, useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { MoveDialog } from "./MoveDialog";
import { MovedSteps } from "./MovedSteps";
import styles from "./PlaybookVersions.module.css";

/** Runs that still go by an earlier version of their playbook, and moving them to the one in force. */
export function PlaybookVersions() {
  const { t } = useTranslation();
  const versions = useQuery(playbookVersionsQuery);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("playbooks.versions")}</h1>
      <p className={styles.facts}>{t("playbooks.versions_help")}</p>
      {versions.isPending && <CardSkeletons count={2} height={140} />}
      {versions.isError && <ErrorNotice error={versions.error} retry={() => void versions.refetch()} />}
      {versions.isSuccess && versions.data.length === 0 && (
        <EmptyState icon="plan" title={t("playbooks.versions_none")}>
          {t("playbooks.versions_none_help")}
        </EmptyState>
      )}
      {versions.data?.map((version) => (
        <Version key={version.plan} version={version} />
      ))}
    </div>
  );
}

function Version({ version }: { version: PlaybookVersion }) {
  const { t } = useTranslation();
  const [run, setRun] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const left = version.count - version.runs.length;
  return (
    <section className={styles.version} aria-label={version.label}>
      <header className={styles.head}>
        <div>
          <h2>{version.label}</h2>
          <p className={styles.facts}>
            {t("playbooks.version", { number: version.version })} · {t("playbooks.runs", { count: version.count })}
          </p>
        </div>
        <Button size="md" onClick={() => setAsking(true)}>
          {t("playbooks.move_all", { count: version.count })}
        </Button>
      </header>
      <ul className={styles.runs}>
        {version.runs.map((one) => (
          <li key={one.id}>
            {version.object === "hcp" ? (
              <Link to="/hcp/$id" params={{ id: one.record }} className={styles.whom}>
                {one.title}
              </Link>
            ) : (
              <span>{one.title}</span>
            )}
            <Button variant="subtle" size="md" onClick={() => setRun(one.id)} aria-label={t("playbooks.changes_of", { name: one.title })}>
              {t("playbooks.changes")}
            </Button>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.facts}>{t("playbooks.runs_more", { count: left })}</p>}
      {run !== null && <MoveDialog run={{ id: run, label: version.label }} close={() => setRun(null)} />}
      {isAsking && <MoveAll version={version} close={() => setAsking(false)} />}
    </section>
  );
}

/** All at once, with what becomes of the first as an example: the dates differ, the steps do not. */
function MoveAll({ version, close }: { version: PlaybookVersion; close: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const [first] = version.runs;
  const example = useQuery({ ...moveQuery(first?.id ?? ""), enabled: first !== undefined });
  const move = useMoveVersion();
  const carryOut = () =>
    move.mutate(version.plan, {
      onSuccess: ({ moved, kept }) => {
        const said = t("playbooks.moved_toast", { count: moved });
        toast({ text: kept === 0 ? said : `${said} ${t("playbooks.kept_toast", { count: kept })}` });
        close();
      },
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <Dialog
      title={t("playbooks.move_all", { count: version.count })}
      close={close}
      form="panel"
      actions={
        <Button size="md" onClick={carryOut} loading={move.isPending}>
          {t("playbooks.move")}
        </Button>
      }
    >
      <p>{t("playbooks.move_hint")}</p>
      {example.isSuccess && (
        <>
          <h3 className={styles.example}>{t("playbooks.example", { name: first?.title ?? "" })}</h3>
          <MovedSteps steps={example.data.steps} />
        </>
      )}
    </Dialog>
  );
}
