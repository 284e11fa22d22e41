import { Alert } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { removalQuery, sampleQuery, useRemoveSample, type Removal, type SampleState } from "../../../api/sample";
import { useWhen } from "../../../record/HistoryList";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { Icon } from "../../../ui/icons";
import { Progress } from "../../../ui/marks";
import { Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, useErrorText } from "../../../ui/parts";
import { Table } from "../../../ui/Table";
import styles from "./Sample.module.css";
import { Button } from "../../../ui/Button";

const route = getRouteApi("/app/admin/sample");

/** The demo company's data: what there is of it, and the way to a company of one's own. */
export function SamplePage() {
  const { t } = useTranslation();
  const state = useQuery(sampleQuery());
  const navigate = route.useNavigate();
  const { removal } = route.useSearch();
  const running = removal ?? state.data?.running ?? null;
  // In the address, so that it is found again after a reload.
  const begun = ({ id }: Removal) => void navigate({ search: { removal: id }, replace: true });
  return (
    <Page title={t("sample.title")} hint={t("sample.hint")} width="text">
      {running !== null && <RemovalProgress id={running} />}
      {running === null && state.isPending && <RowSkeletons />}
      {running === null && state.isError && <ErrorNotice error={state.error} retry={() => void state.refetch()} />}
      {running === null && state.isSuccess && <Present state={state.data} begun={begun} />}
    </Page>
  );
}

function Present({ state, begun }: { state: SampleState; begun: (removal: Removal) => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (!state.present) {
    return (
      <EmptyState icon="check" title={t("sample.none")}>
        {t("sample.none_help")}
      </EmptyState>
    );
  }
  return (
    <>
      {state.made_at !== null && <MadeAt at={state.made_at} />}
      <Counts state={state} />
      <p>{t("sample.users", { count: state.users })}</p>
      <div>
        <Button size="md" variant="default" leftSection={<Icon name="trash" />} onClick={() => setAsking(true)}>
          {t("sample.remove")}
        </Button>
      </div>
      {asking && <RemoveDialog state={state} close={() => setAsking(false)} begun={begun} />}
    </>
  );
}

function MadeAt({ at }: { at: string }) {
  const { t } = useTranslation();
  return <p className={styles.quiet}>{t("sample.made_at", { when: useWhen(at) })}</p>;
}

function Counts({ state }: { state: SampleState }) {
  const { t, i18n } = useTranslation();
  const model = useModel();
  const number = new Intl.NumberFormat(i18n.language);
  const rows = state.objects.filter(({ sample, hanging }) => sample + hanging > 0);
  return (
    <Table
      label={t("sample.title")}
      rows={rows}
      rowKey={({ object }) => object}
      columns={[
        { key: "object", head: t("sample.kind"), cell: ({ object }) => model.pluralLabel(object) },
        { key: "sample", head: t("sample.sample"), align: "end", cell: ({ sample }) => number.format(sample) },
        { key: "hanging", head: t("sample.hanging"), align: "end", cell: ({ hanging }) => number.format(hanging) },
      ]}
    />
  );
}

interface RemoveDialogProps {
  state: SampleState;
  close: () => void;
  begun: (removal: Removal) => void;
}

function RemoveDialog({ state, close, begun }: RemoveDialogProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const remove = useRemoveSample();
  const hanging = state.objects.reduce((sum, one) => sum + one.hanging, 0);
  return (
    <ConfirmDialog
      title={t("sample.remove_title")}
      confirm={t("sample.remove")}
      phrase={state.confirm}
      danger
      onConfirm={() => remove.mutate(state.confirm, { onSuccess: begun })}
      close={close}
      pending={remove.isPending}
    >
      {remove.isError && <Alert role="alert">{textOf(remove.error)}</Alert>}
      <p>{t("sample.remove_help")}</p>
      {hanging > 0 && <p>{t("sample.remove_hanging", { count: hanging })}</p>}
      <p>{t("sample.remove_users", { count: state.users })}</p>
    </ConfirmDialog>
  );
}

/** How far the removal is; when it has ended, what it did. Everything else is read again then. */
function RemovalProgress({ id }: { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const removal = useQuery(removalQuery(id));
  const status = removal.data?.status;
  useEffect(() => {
    if (status === "done" || status === "failed") void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "batch" });
  }, [status, client]);
  if (removal.isError) return <ErrorNotice error={removal.error} retry={() => void removal.refetch()} />;
  if (removal.data === undefined) return <RowSkeletons count={2} />;
  const { counts } = removal.data;
  const count = (name: string) => counts[name] ?? 0;
  if (status === "running") return <Progress label={t("sample.removing")} value={count("removed")} max={count("matching")} />;
  return (
    <EmptyState icon={status === "done" ? "check" : "warning"} title={t(status === "done" ? "sample.removed" : "sample.stopped")}>
      {t("sample.removed_help", { records: count("removed"), hanging: count("hanging"), users: count("users") })}
    </EmptyState>
  );
}
