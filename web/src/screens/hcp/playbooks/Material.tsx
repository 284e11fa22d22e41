import { useTranslation } from "react-i18next";
import type { Material as Offered, Offer } from "../../../api/playbooks";
import { useMe, useModel } from "../../../api/queries";
import { useChangeRecord } from "../../../api/records";
import type { Hcp } from "../../../api/shapes";
import { formatDay } from "../../../lib/dates";
import { FileLink } from "../../../record/FileLink";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/icons";
import { Badge, Chip, Chips } from "../../../ui/marks";
import { EmptyState, Section, useErrorText } from "../../../ui/parts";
import { useToast } from "../../../ui/Toasts";
import styles from "./Playbooks.module.css";

/** Approved material for this doctor, in layers from the basic to the expert. */
export function Material({ hcp, material }: { hcp: Hcp; material: Offered }) {
  const { t } = useTranslation();
  const model = useModel();
  const layers = model.choices("content", "layer");
  return (
    <Section title={t("playbooks.material")} icon="file" count={material.items.length} hint={t("playbooks.material_hint")}>
      <Tags hcp={hcp} suggested={material.suggested_tags} />
      {material.items.length === 0 && <EmptyState>{t("playbooks.material_empty")}</EmptyState>}
      {layers.map((layer) => {
        const items = material.items.filter((offer) => offer.layer === layer.code);
        return items.length === 0 ? null : (
          <section key={layer.code} aria-label={model.label(layer)}>
            <h3 className={styles.layer}>{model.label(layer)}</h3>
            <ul className={styles.offers}>
              {items.map((offer) => (
                <OfferLine key={offer.id} offer={offer} />
              ))}
            </ul>
          </section>
        );
      })}
    </Section>
  );
}

/** One piece of material: what it is, where it is, and why it is offered. */
export function OfferLine({ offer }: { offer: Offer }) {
  const { t, i18n } = useTranslation();
  const { zone } = useMe();
  return (
    <li className={styles.offer}>
      {offer.link ? (
        <a href={offer.link} target="_blank" rel="noreferrer" className={styles.link}>
          {offer.name} <Icon name="external" size={15} />
        </a>
      ) : (
        <span className={styles.name}>{offer.name}</span>
      )}
      {offer.file && <FileLink object="content" record={offer.id} id={offer.file} />}
      {offer.summary && <p className={styles.quiet}>{offer.summary}</p>}
      <p className={styles.facts}>
        {offer.why.map((why) => (
          <Badge key={why}>{t(`playbooks.why_${why}`)}</Badge>
        ))}
        {offer.approval_number && <span>{offer.approval_number}</span>}
        {offer.valid_to && <span>{t("playbooks.valid_to", { when: formatDay(offer.valid_to, i18n.language, zone) })}</span>}
      </p>
    </li>
  );
}

/** The doctor's tags, and what the doctor has raised often enough to become one. */
function Tags({ hcp, suggested }: { hcp: Hcp; suggested: string[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const model = useModel();
  const change = useChangeRecord("hcp", hcp.id);
  const tags = (hcp.tags ?? []) as string[];
  const mayChange = model.field("hcp", "tags")?.writable !== false;
  const add = (tag: string) =>
    change.mutate(
      { version: hcp.version ?? 0, change: { tags: [...tags, tag] } },
      {
        onSuccess: () => toast({ text: t("playbooks.tag_added", { tag }) }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  if (tags.length === 0 && suggested.length === 0) return null;
  return (
    <div className={styles.tags}>
      {tags.length > 0 && (
        <Chips label={t("playbooks.tags")}>
          {tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </Chips>
      )}
      {mayChange &&
        suggested.map((tag) => (
          <Button
            key={tag}
            variant="default"
            size="md"
            leftSection={<Icon name="plus" size={15} />}
            loading={change.isPending}
            onClick={() => add(tag)}
            title={t("playbooks.suggested_hint")}
          >
            {t("playbooks.add_tag", { tag })}
          </Button>
        ))}
    </div>
  );
}
