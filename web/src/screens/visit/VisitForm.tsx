import { Alert, Button, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRecordVisit } from "../../api/changes";
import { ApiProblem } from "../../api/problem";
import { useMe, useModel } from "../../api/queries";
import type { Hcp } from "../../api/shapes";
import { formatDay, formatTime, timeOf, today } from "../../lib/dates";
import { Icon, type IconName } from "../../ui/icons";
import { useErrorText } from "../../ui/parts";
import { TemperatureShape } from "../../ui/Temperature";
import { ChooseMany, ChooseOne } from "../../ui/Tiles";
import { visitOf, whatIsMissing, type VisitDraft } from "./draft";
import { PromiseLines } from "./PromiseLines";
import { TextLines } from "./TextLines";
import { useDraft } from "./useDraft";
import styles from "./VisitPage.module.css";

interface VisitFormProps {
  hcp: Hcp;
  onSaved: (temperature: string | null) => void;
}

export interface PartProps {
  draft: VisitDraft;
  change: (values: Partial<VisitDraft>) => void;
  /** The message for a field of the request, by its JSON pointer. */
  errorAt: (pointer: string) => string | undefined;
}

export function VisitForm({ hcp, onSaved }: VisitFormProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { draft, found, isKept, change, renewKey, discard, finish } = useDraft(me.id, hcp.id);
  const record = useRecordVisit(hcp.id);
  const [checked, setChecked] = useState(false);
  const missing = checked ? whatIsMissing(draft) : new Map<string, never>();
  const errorAt = useErrorAt(missing, record.error);

  const save = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (whatIsMissing(draft).size > 0) return;
    const sentAt = draft.sentAt ?? Date.now();
    if (draft.sentAt === null) change({ sentAt });
    const visit = visitOf(draft, { hcp: hcp.id, hco: hcp.primary_hco ?? null, zone: me.zone, now: sentAt });
    record.mutate(
      { key: draft.key, visit },
      {
        onSuccess: () => {
          finish();
          onSaved(draft.temperature);
        },
        onError: (error) => {
          if (error instanceof ApiProblem && error.status < 500) renewKey();
        },
      },
    );
  };
  const part = { draft, change, errorAt };
  return (
    <form className={styles.form} onSubmit={save} noValidate>
      {found !== null && <Found at={found.changedAt} discard={discard} />}
      <TemperatureSeen {...part} last={hcp.temperature ?? null} />
      <Channel {...part} />
      <Discussion {...part} />
      <Signs {...part} />
      <PromiseLines {...part} />
      <TextLines {...part} list="topics" />
      <TextLines {...part} list="memos" />
      <AddRow {...part} />
      <HeldAt {...part} />
      <Refused error={record.error} incomplete={missing.size > 0} />
      <div className={styles.bar}>
        <Button type="submit" size="lg" fullWidth loading={record.isPending}>
          {t("visit.save")}
        </Button>
        <p className={styles.kept}>{isKept ? t("visit.draft_kept") : ""}</p>
      </div>
    </form>
  );
}

function useErrorAt(missing: ReturnType<typeof whatIsMissing>, error: unknown) {
  const { t } = useTranslation();
  return (pointer: string): string | undefined => {
    const own = missing.get(pointer);
    if (own !== undefined) return t(`visit.${own}`);
    return error instanceof ApiProblem ? error.at(pointer) : undefined;
  };
}

function Found({ at, discard }: { at: number; discard: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [isShown, setShown] = useState(true);
  if (!isShown) return null;
  const instant = new Date(at).toISOString();
  const when = `${formatDay(instant, i18n.language, me.zone)} ${formatTime(instant, i18n.language, me.zone)}`;
  const throwAway = () => {
    discard();
    setShown(false);
  };
  return (
    <div className={styles.found} role="status">
      <p>{t("visit.draft_found", { when })}</p>
      <Button variant="subtle" size="sm" onClick={throwAway}>
        {t("visit.draft_discard")}
      </Button>
    </div>
  );
}

function TemperatureSeen({ draft, change, errorAt, last }: PartProps & { last: string | null }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <ChooseOne
      legend={t("visit.temperature")}
      hint={last === null ? undefined : t("visit.temperature_was", { word: model.choiceLabel("hcp", "temperature", last) })}
      name="temperature"
      look="tile"
      columns={3}
      value={draft.temperature}
      onChange={(temperature) => change({ temperature })}
      error={errorAt("/temperature")}
      options={model.choices("visit", "temperature").map((choice) => ({
        value: choice.code,
        label: model.label(choice),
        icon: <TemperatureShape code={choice.code} size={26} />,
        temperature: choice.code,
      }))}
    />
  );
}

/** What a visit may bring besides: each takes one tap to begin. */
function AddRow({ draft, change }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  const blank = (object: string) => ({ kind: model.choices(object, "kind")[0]?.code ?? "", text: "" });
  return (
    <div className={styles.adds}>
      <AddButton text={t("visit.promise_add")} add={() => change({ promises: [...draft.promises, { deliverable: "", due: null }] })} />
      <AddButton text={t("visit.topic_add")} add={() => change({ topics: [...draft.topics, blank("topic")] })} />
      <AddButton text={t("visit.memo_add")} add={() => change({ memos: [...draft.memos, blank("memo")] })} />
    </div>
  );
}

function AddButton({ text, add }: { text: string; add: () => void }) {
  return (
    <Button variant="light" size="md" leftSection={<Icon name="plus" size={18} />} onClick={add}>
      {text}
    </Button>
  );
}

const channelIcons: Record<string, IconName> = {
  in_person: "meet",
  phone: "phone",
  video: "video",
  email: "mail",
  web: "globe",
  message: "chat",
  event: "event",
};

function Channel({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <ChooseOne
      legend={t("visit.channel")}
      name="channel"
      value={draft.channel}
      onChange={(channel) => change({ channel })}
      error={errorAt("/channel")}
      options={model.choices("visit", "channel").map((choice) => ({
        value: choice.code,
        label: model.label(choice),
        icon: <Icon name={channelIcons[choice.code] ?? "chat"} size={18} />,
      }))}
    />
  );
}

function Discussion({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      size="md"
      rows={3}
      label={t("visit.discussion")}
      placeholder={t("visit.discussion_hint")}
      classNames={{ label: styles.label ?? "" }}
      value={draft.discussion}
      onChange={(event) => change({ discussion: event.currentTarget.value })}
      error={errorAt("/discussion")}
    />
  );
}

function Signs({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <ChooseMany
      legend={t("visit.signs")}
      values={draft.signs}
      onChange={(signs) => change({ signs })}
      error={errorAt("/signs")}
      options={model.choices("sign", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
    />
  );
}

function HeldAt({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const me = useMe();
  const localNow = `${today(me.zone)}T${timeOf(Date.now(), me.zone)}`;
  return (
    <div className={styles.held}>
      <ChooseOne
        legend={t("visit.held_at")}
        name="held"
        value={draft.heldAt === null ? "now" : "other"}
        onChange={(value) => change({ heldAt: value === "now" ? null : localNow })}
        error={draft.heldAt === null ? errorAt("/held_at") : undefined}
        options={[
          { value: "now", label: t("visit.now") },
          { value: "other", label: t("visit.other_time") },
        ]}
      />
      {draft.heldAt !== null && (
        <TextInput
          type="datetime-local"
          size="md"
          aria-label={t("visit.held_at")}
          value={draft.heldAt}
          max={localNow}
          onChange={(event) => change({ heldAt: event.currentTarget.value || null })}
          error={errorAt("/held_at")}
        />
      )}
    </div>
  );
}

/** Why the visit is not saved yet, and that nothing is lost. */
function Refused({ error, incomplete }: { error: unknown; incomplete: boolean }) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  if (incomplete) return <Alert role="alert">{t("record.check_fields")}</Alert>;
  if (error === null) return null;
  if (!(error instanceof ApiProblem)) return <Alert role="alert">{t("visit.kept_offline")}</Alert>;
  return (
    <Alert role="alert" title={t("error.title")}>
      {textOf(error)}
    </Alert>
  );
}
