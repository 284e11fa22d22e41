import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { materialQuery, type Noted, type Offer } from "../../api/playbooks";
import { useModel } from "../../api/queries";
import { recordId } from "../../lib/ids";
import { Badge } from "../../ui/marks";
import { Icon } from "../../ui/icons";
import type { VisitDraft } from "./draft";
import { kept } from "./pieces";
import styles from "./VisitMaterial.module.css";
import type { PartProps } from "./VisitParts";

/** What the visit has noted so far, each once and in one order: the same again asks for nothing. */
export function notedOf(draft: VisitDraft): Noted {
  const pieces = kept(draft.pieces);
  const products = [...pieces, ...draft.topics, ...draft.details].flatMap(({ product }) => (product ? [product] : []));
  return {
    subjects: [...new Set(pieces.flatMap(({ subjects }) => subjects))].sort(),
    products: [...new Set(products)].sort(),
  };
}

/** Approved material that fits what was just noted, in layers: what was shown or given is recorded with the visit. */
export function VisitMaterial({ hcp, draft, change, errorAt }: PartProps & { hcp: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const may = model.may("content", "read") && model.may("content_share", "create");
  const material = useQuery({ ...materialQuery(hcp, notedOf(draft)), enabled: may, placeholderData: keepPreviousData });
  const isChosen = (offer: Offer): boolean => draft.shares.some(({ content }) => content === offer.id);
  const offers = (material.data?.items ?? []).filter((offer) => offer.why.length > 0 || isChosen(offer));
  if (!may || offers.length === 0) return null;
  const toggle = (offer: Offer) =>
    change({
      shares: isChosen(offer)
        ? draft.shares.filter(({ content }) => content !== offer.id)
        : [...draft.shares, { id: recordId(), content: offer.id }],
    });
  const errorOf = (offer: Offer): string | undefined =>
    errorAt(`/shares/${draft.shares.findIndex(({ content }) => content === offer.id)}/content`);
  return (
    <details className={styles.box} open={offers.some((offer) => errorOf(offer) !== undefined) || undefined}>
      <summary className={styles.summary}>
        <Icon name="file" size={18} />
        <span>{t("visit.material", { count: offers.length })}</span>
        {draft.shares.length > 0 && <Badge>{t("visit.material_chosen", { count: draft.shares.length })}</Badge>}
      </summary>
      <p className={styles.hint}>{t("visit.material_hint")}</p>
      {model.choices("content", "layer").map((layer) => {
        const items = offers.filter((offer) => offer.layer === layer.code);
        return items.length === 0 ? null : (
          <fieldset key={layer.code} className={styles.layer}>
            <legend>{model.label(layer)}</legend>
            {items.map((offer) => (
              <OfferRow key={offer.id} offer={offer} isChosen={isChosen(offer)} error={errorOf(offer)} toggle={() => toggle(offer)} />
            ))}
          </fieldset>
        );
      })}
    </details>
  );
}

interface OfferRowProps {
  offer: Offer;
  isChosen: boolean;
  error: string | undefined;
  toggle: () => void;
}

/** A tap marks it as shown; the link beside opens it. */
function OfferRow({ offer, isChosen, error, toggle }: OfferRowProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.offer}>
      <label className={styles.choose}>
        <input type="checkbox" checked={isChosen} onChange={toggle} />
        <span className={styles.about}>
          <span>{offer.name}</span>
          <span className={styles.why}>
            {offer.why.map((why) => (
              <Badge key={why}>{t(`playbooks.why_${why}`)}</Badge>
            ))}
            {offer.approval_number && <span>{offer.approval_number}</span>}
          </span>
          {error && <span className={styles.error}>{error}</span>}
        </span>
      </label>
      {offer.link && (
        <a href={offer.link} target="_blank" rel="noreferrer" className={styles.open} aria-label={t("visit.material_open", { name: offer.name })}>
          <Icon name="external" size={18} />
        </a>
      )}
    </div>
  );
}
