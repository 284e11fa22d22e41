import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { Icon, iconNames } from "../../../ui/icons";
import { TemperatureBadge, TemperatureMark } from "../../../ui/Temperature";
import styles from "./PartsPage.module.css";
import { Sample } from "./Sample";

const colours = [
  "paper", "surface", "surface-sunk", "surface-hover", "line", "line-strong", "ink", "ink-soft", "accent", "accent-hover",
  "accent-text", "accent-tint", "danger", "danger-tint", "good", "good-tint", "warn", "warn-tint", "info", "info-tint", "toast",
];
const sizes = ["xs", "s", "m", "l", "xl", "xxl"];
const spaces = [1, 2, 3, 4, 5, 6, 7, 8];

/** Colours, type, space, icons: what everything else is measured by. */
export function Tokens() {
  return (
    <>
      <Sample name="--colour">
        <div className={styles.swatches}>
          {colours.map((name) => (
            <div key={name} className={styles.swatch}>
              <div className={styles.colour} ref={showing(`var(--${name})`)} />
              <code>--{name}</code>
            </div>
          ))}
        </div>
      </Sample>
      <Temperatures />
      <Type />
      <Sample name="--space">
        {spaces.map((step) => (
          <div key={step} className={styles.space}>
            <code>--space-{step}</code>
            <div className={styles.bar} ref={showing(`var(--space-${step})`)} />
          </div>
        ))}
      </Sample>
      <Sample name="Icon">
        <div className={styles.icons}>
          {iconNames.map((name) => (
            <div key={name} className={styles.icon}>
              <Icon name={name} size={24} />
              <code>{name}</code>
            </div>
          ))}
        </div>
      </Sample>
    </>
  );
}

/** Gives an element the token that it shows. */
const showing = (value: string) => (element: HTMLElement | null) => element?.style.setProperty("--shown", value);

function Temperatures() {
  const model = useModel();
  return (
    <Sample name="TemperatureBadge · TemperatureMark">
      <div className={styles.row}>
        {model.choices("hcp", "temperature").map((choice) => (
          <div key={choice.code} className={styles.space}>
            <TemperatureMark code={choice.code} />
            <TemperatureBadge code={choice.code} />
          </div>
        ))}
      </div>
    </Sample>
  );
}

function Type() {
  const { t } = useTranslation();
  return (
    <Sample name="--text">
      {sizes.map((size) => (
        <div key={size} className={styles.swatch}>
          <code>--text-{size}</code>
          <p className={styles.text} ref={showing(`var(--text-${size})`)}>
            {t("parts.type_sample")}
          </p>
        </div>
      ))}
    </Sample>
  );
}
