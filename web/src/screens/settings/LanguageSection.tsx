import { useTranslation } from "react-i18next";
import { useSaveSettings } from "../../api/me";
import { useMe } from "../../api/queries";
import type { NameOrder } from "../../api/shapes";
import { LanguageSwitch } from "../../ui/LanguageSwitch";
import { useErrorText } from "../../ui/parts";
import { useToast } from "../../ui/Toasts";
import { Setting } from "./Setting";
import styles from "./Settings.module.css";
import { ZoneSelect } from "./ZoneSelect";

/** Language, time zone, and in which order names stand. */
export function LanguageSection() {
  return (
    <div>
      <OwnLanguage />
      <OwnZone />
      <OwnNameOrder />
    </div>
  );
}

function OwnLanguage() {
  const { t } = useTranslation();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveSettings();
  return (
    <Setting title={t("me.language")} help={t("settings.language_help")}>
      <div className={styles.narrow}>
        <LanguageSwitch
          label={t("me.language")}
          onChosen={(lang) =>
            save.mutate(
              { lang },
              {
                // In the words of the language that was chosen.
                onSuccess: () => toast({ text: t("me.language_saved", { lng: lang }) }),
                onError: (error) => toast({ text: textOf(error), tone: "bad" }),
              },
            )
          }
        />
      </div>
    </Setting>
  );
}

function OwnZone() {
  const { t } = useTranslation();
  const { zone } = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveSettings();
  const choose = (chosen: string) =>
    save.mutate(
      { zone: chosen },
      {
        onSuccess: () => toast({ text: t("settings.zone_saved"), undo: () => save.mutate({ zone }) }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  return (
    <Setting title={t("me.zone")} help={t("settings.zone_help")}>
      <div className={styles.narrow}>
        <ZoneSelect label={t("me.zone")} value={zone} onChange={choose} />
      </div>
    </Setting>
  );
}

const orders: NameOrder[] = ["as_written", "family_first", "given_first"];
const sample = { family: "Suzuki", given: "Hanako" };

/** How a name in Latin letters stands then; Japanese and Chinese put the family first by themselves. */
function sampleName(order: NameOrder, language: string): string {
  const familyFirst = order === "family_first" || (order === "as_written" && language !== "en");
  return familyFirst ? `${sample.family} ${sample.given}` : `${sample.given} ${sample.family}`;
}

function OwnNameOrder() {
  const { t, i18n } = useTranslation();
  const { nameOrder } = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const save = useSaveSettings();
  const choose = (order: NameOrder) =>
    save.mutate(
      { name_order: order },
      {
        onSuccess: () => toast({ text: t("settings.name_order_saved") }),
        onError: (error) => toast({ text: textOf(error), tone: "bad" }),
      },
    );
  return (
    <Setting title={t("settings.name_order")} help={t("settings.name_order_help")}>
      <div role="radiogroup" aria-label={t("settings.name_order")} className={styles.options}>
        {orders.map((order) => (
          <label key={order} className={styles.option}>
            <input type="radio" name="name_order" checked={order === nameOrder} onChange={() => choose(order)} />
            <span>
              {t(`settings.${order}` as "settings.as_written")}
              <span className={styles.facts}>{t("settings.example", { name: sampleName(order, i18n.language) })}</span>
            </span>
          </label>
        ))}
      </div>
    </Setting>
  );
}
