/** The questions of a visit, each answered by a tap or a sentence. */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { is, shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { timeOf, today } from "../../lib/dates";
import { recordId } from "../../lib/ids";
import { LintFindings } from "../../lint/LintFindings";
import { channelIcon } from "../../ui/channelIcon";
import { Icon } from "../../ui/icons";
import { TemperatureShape } from "../../ui/Temperature";
import { QuickDates } from "../../ui/QuickDates";
import { ChooseMany, ChooseOne } from "../../ui/Tiles";
import type { VisitDraft } from "./draft";
import styles from "./VisitPage.module.css";

export interface PartProps {
  draft: VisitDraft;
  change: (values: Partial<VisitDraft>) => void;
  /** The message for a field of the request, by its JSON pointer. */
  errorAt: (pointer: string) => string | undefined;
}

export function TemperatureSeen({ draft, change, errorAt, last }: PartProps & { last: string | null }) {
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

/** What is sold under a name of its own; areas and indications are not talked about as products. */
const discussed = { or: [is("kind", "brand"), is("kind", "product")] };

/** Where a temperature has moved: what was said or done, and whether it was about one product. */
export function TemperatureReason({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  const products = useQuery(shortListQuery("product", { filter: discussed, sort: "name", limit: 100 }));
  const items = products.data?.items ?? [];
  return (
    <div className={styles.why}>
      <TextInput
        size="md"
        label={model.fieldLabel("visit", "temperature_reason")}
        placeholder={t("visit.reason_hint")}
        classNames={{ label: styles.label ?? "" }}
        maxLength={500}
        value={draft.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
        error={errorAt("/temperature_reason")}
      />
      <LintFindings field="visit.temperature_reason" text={draft.reason} />
      {items.length > 0 && (
        <NativeSelect
          size="md"
          label={model.fieldLabel("visit", "temperature_product")}
          classNames={{ label: styles.label ?? "" }}
          value={draft.about ?? ""}
          onChange={(event) => change({ about: event.currentTarget.value || null })}
          error={errorAt("/temperature_product")}
          data={[{ value: "", label: t("visit.all_products") }, ...items.map((item) => ({ value: item.id, label: item.title ?? "" }))]}
        />
      )}
    </div>
  );
}

export function Channel({ draft, change, errorAt }: PartProps) {
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
        icon: <Icon name={channelIcon(choice.code) ?? "chat"} size={18} />,
      }))}
    />
  );
}

export function Discussion({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  return (
    <div>
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
      <LintFindings field="visit.discussion" text={draft.discussion} />
    </div>
  );
}

export function Signs({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <ChooseMany
      legend={t("visit.signs")}
      values={draft.signs.map(({ kind }) => kind)}
      onChange={(kinds) =>
        change({ signs: kinds.map((kind) => draft.signs.find((sign) => sign.kind === kind) ?? { id: recordId(), kind }) })
      }
      error={errorAt("/signs")}
      options={model.choices("sign", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
    />
  );
}

export function HeldAt({ draft, change, errorAt }: PartProps) {
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

/** When the doctor is contacted next: without a promise, this is what comes next. */
export function NextContact({ draft, change, errorAt }: PartProps) {
  const model = useModel();
  const me = useMe();
  return (
    <QuickDates
      label={model.fieldLabel("visit", "next_contact_on")}
      name="next_contact"
      value={draft.nextContact}
      onChange={(day) => change({ nextContact: day || null })}
      zone={me.zone}
      error={errorAt("/next_contact_on")}
    />
  );
}

/** Which products were talked about, and how the doctor took each. */
export function Products({ draft, change, errorAt }: PartProps) {
  const { t } = useTranslation();
  const model = useModel();
  const products = useQuery(shortListQuery("product", { filter: discussed, sort: "name", limit: 100 }));
  const items = products.data?.items ?? [];
  const reactions = model.choices("detail", "reaction");
  if (items.length === 0) return null;
  const choose = (ids: string[]) =>
    change({
      details: ids.map((id) => draft.details.find(({ product }) => product === id) ?? { id: recordId(), product: id, reaction: null }),
    });
  const react = (product: string, reaction: string) =>
    change({ details: draft.details.map((one) => (one.product === product ? { ...one, reaction } : one)) });
  return (
    <div className={styles.products}>
      <ChooseMany
        legend={t("visit.products")}
        values={draft.details.map(({ product }) => product)}
        onChange={choose}
        error={errorAt("/details")}
        options={items.map((item) => ({ value: item.id, label: item.title }))}
      />
      {draft.details.map(({ product, reaction }, index) => (
        <ChooseOne
          key={product}
          legend={t("visit.reaction_to", { product: items.find((item) => item.id === product)?.title ?? "" })}
          name={`reaction_${product}`}
          value={reaction}
          onChange={(value) => react(product, value)}
          error={errorAt(`/details/${index}/reaction`)}
          options={reactions.map((choice) => ({ value: choice.code, label: model.label(choice) }))}
        />
      ))}
    </div>
  );
}
