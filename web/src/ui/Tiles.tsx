/** Choices large enough for a thumb, over native inputs, so that keyboard and screen reader work as always. */
import { useId, type ReactNode } from "react";
import { Icon } from "./icons";
import styles from "./Tiles.module.css";

export interface TileOption {
  value: string;
  label: ReactNode;
  icon?: ReactNode;
  /** Extra data for styling, such as the temperature. */
  temperature?: string;
}

interface CommonProps {
  legend: string;
  hint?: ReactNode;
  hiddenLegend?: boolean;
  options: TileOption[];
  look?: "tile" | "chip";
  columns?: 3;
  error?: string | undefined;
}

interface OneProps extends CommonProps {
  name: string;
  value: string | null;
  onChange: (value: string) => void;
}

export function ChooseOne({ value, onChange, name, ...common }: OneProps) {
  return (
    <Frame {...common}>
      {common.options.map((option) => (
        <label key={option.value} className={styles.option} data-temperature={option.temperature}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            aria-invalid={common.error ? true : undefined}
          />
          <span className={styles.face}>
            {option.icon}
            <span>{option.label}</span>
          </span>
        </label>
      ))}
    </Frame>
  );
}

interface ManyProps extends CommonProps {
  values: string[];
  onChange: (values: string[]) => void;
}

export function ChooseMany({ values, onChange, ...common }: ManyProps) {
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  return (
    <Frame {...common}>
      {common.options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input type="checkbox" checked={values.includes(option.value)} onChange={() => toggle(option.value)} />
          <span className={styles.face}>
            <span className={styles.tick}>
              <Icon name="check" size={14} />
            </span>
            <span>{option.label}</span>
          </span>
        </label>
      ))}
    </Frame>
  );
}

function Frame({ legend, hint, hiddenLegend, look = "chip", columns, error, children }: CommonProps & { children: ReactNode }) {
  const id = useId();
  return (
    <fieldset className={styles.group} aria-describedby={error ? id : undefined}>
      <legend className={hiddenLegend ? styles.hidden : styles.legend}>
        {legend}
        {hint && <span className={styles.hint}>{hint}</span>}
      </legend>
      <div className={styles.options} data-look={look} data-columns={columns}>
        {children}
      </div>
      {error && (
        <p id={id} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
