import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dashboardPreviewQuery, definitionsQuery, type Definition, type DefinitionPart } from "../../../api/definitions";
import { Icon } from "../../../ui/icons";
import { BackLink, Page } from "../../../ui/Page";
import { EmptyState, ErrorNotice, RowSkeletons, Section } from "../../../ui/parts";
import { ChooseMany } from "../../../ui/Tiles";
import { WidgetView } from "../../today/WidgetView";
import { Bar } from "../design/Bar";
import { moved, replaced, textFor, without } from "../design/body";
import { ExportButton } from "../design/ExportButton";
import { Checked, useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import { useDefinition } from "../design/useDefinition";
import { useDraft } from "../design/useDraft";
import { Versions } from "../design/Versions";
import styles from "../Studio.module.css";
import { freshWidget, placesOf, type DashboardBody, type WidgetBody } from "./dashboard";
import { WidgetEditor } from "./WidgetEditor";

const route = getRouteApi("/app/studio/dashboards/$dashboard");

/** One dashboard: for whom, where, its widgets, and how it looks filled with what there is. */
export function DashboardPage() {
  const { t } = useTranslation();
  const { dashboard } = route.useParams();
  const { definition, isPending, error } = useDefinition("dashboards", dashboard);
  return (
    <Page
      title={definition?.label ?? dashboard}
      back={<BackLink to="/studio/dashboards">{t("studio.dashboards.title")}</BackLink>}
      actions={definition?.body != null && <ExportButton kind="dashboards" name={dashboard} />}
    >
      {isPending && <RowSkeletons count={12} />}
      {error !== null && <ErrorNotice error={error} />}
      {definition !== undefined && <DashboardEditor key={dashboard} definition={definition} />}
    </Page>
  );
}

function DashboardEditor({ definition }: { definition: Definition }) {
  const { t, i18n } = useTranslation();
  const { kind, name, version } = definition;
  const draft = useDraft(`dashboards.${name}`, [{ kind, name, version, body: definition.body ?? null }]);
  const body = draft.bodyOf(kind, name) as DashboardBody | null;
  if (body === null) {
    return (
      <>
        <EmptyState icon="task">{t((definition.versions ?? []).length > 0 ? "studio.withdrawn" : "studio.not_begun")}</EmptyState>
        <Versions definition={definition} />
      </>
    );
  }
  const put = (more: Partial<DashboardBody>) => draft.change(kind, name, { ...body, ...more });
  return (
    <Checked changed={draft.changed}>
      <div className={styles.editor}>
        <About body={body} put={put} />
        <Widgets body={body} put={(widgets) => put({ widgets })} />
        <Preview body={body} />
        <Versions definition={definition} />
        <Bar title={textFor(body.labels, i18n.language, name)} draft={draft} />
      </div>
    </Checked>
  );
}

function About({ body, put }: { body: DashboardBody; put: (more: Partial<DashboardBody>) => void }) {
  const { t } = useTranslation();
  const problemAt = useProblemAt("dashboards", body.dashboard);
  const roles = useQuery(definitionsQuery("roles")).data ?? [];
  return (
    <Section title={t("studio.rules.about")}>
      <div className={styles.box}>
        <TextsInput label={t("studio.member.labels")} required value={body.labels} error={problemAt("/labels")} onChange={(labels) => put({ labels })} />
        <NativeSelect
          size="md"
          label={t("studio.member.place")}
          error={problemAt("/place")}
          value={body.place ?? "today"}
          onChange={({ currentTarget }) => put({ place: currentTarget.value as DashboardBody["place"] & string })}
          data={placesOf.map((value) => ({ value, label: t(`studio.dashboards.place_${value}`) }))}
        />
        <ChooseMany
          legend={t("studio.dashboards.roles")}
          values={body.roles}
          onChange={(next) => put({ roles: next })}
          error={problemAt("/roles")}
          options={roles.filter((role) => role.body != null).map(({ name, label }) => ({ value: name, label }))}
        />
      </div>
    </Section>
  );
}

function Widgets({ body, put }: { body: DashboardBody; put: (widgets: WidgetBody[]) => void }) {
  const { t } = useTranslation();
  const { widgets } = body;
  return (
    <Section
      title={t("studio.member.widgets")}
      count={widgets.length}
      action={
        <Button variant="default" size="md" leftSection={<Icon name="plus" size={18} />} onClick={() => put([...widgets, freshWidget(widgets)])}>
          {t("studio.dashboards.add_widget")}
        </Button>
      }
    >
      <ol className={styles.boxes}>
        {widgets.map((widget, index) => (
          <WidgetEditor
            key={widget.name}
            dashboard={body.dashboard}
            widget={widget}
            index={index}
            count={widgets.length}
            change={(next) => put(replaced(widgets, index, next))}
            move={(by) => put(moved(widgets, index, by))}
            remove={() => put(without(widgets, index))}
          />
        ))}
      </ol>
    </Section>
  );
}

/** Filled with what the administrator may see, by the server. */
function Preview({ body }: { body: DashboardBody }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<DefinitionPart[] | null>(null);
  const preview = useQuery({ ...dashboardPreviewQuery(body.dashboard, asked ?? []), enabled: asked !== null });
  const now: DefinitionPart[] = [{ kind: "dashboards", name: body.dashboard, body }];
  const isOld = asked !== null && JSON.stringify(asked) !== JSON.stringify(now);
  return (
    <Section
      title={t("studio.rules.preview")}
      icon="history"
      hint={t("studio.dashboards.preview_hint")}
      action={
        <Button variant="default" size="md" loading={preview.isFetching} onClick={() => setAsked(now)}>
          {t("studio.rules.preview_do")}
        </Button>
      }
    >
      <div role="status">
        {isOld && <p className={styles.quiet}>{t("studio.rules.preview_old")}</p>}
        {preview.isError && !preview.isFetching && <ErrorNotice error={preview.error} />}
      </div>
      {preview.data && (
        <div className={styles.editor}>
          {preview.data.map((widget) => (
            <WidgetView key={widget.name} widget={widget} />
          ))}
        </div>
      )}
    </Section>
  );
}
