import type { ReactNode } from "react";
import { useModel } from "../api/queries";
import styles from "./Temperature.module.css";

/** One shape a temperature, so that colour never stands alone. Unknown codes get an open ring. */
const shapes: Record<string, ReactNode> = {
  enthusiastic: (
    <>
      <circle cx="12" cy="12" r="4.6" />
      <path
        d="M12 2.500v3.200M12 18.300v3.200M2.500 12h3.200M18.300 12h3.200M5.300 5.300l2.200 2.200M16.500 16.500l2.200 2.200M18.700 5.300l-2.200 2.200M7.500 16.500l-2.200 2.200"
        stroke="currentColor"
        strokeWidth="2.200"
        strokeLinecap="round"
      />
    </>
  ),
  favorable: <circle cx="12" cy="12" r="7.500" />,
  neutral: (
    <path fillRule="evenodd" d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zm0 2.300a5.700 5.700 0 0 0-5.700 5.700h11.400A5.700 5.700 0 0 0 12 6.300z" />
  ),
  skeptical: <path fillRule="evenodd" d="M12 2.500L21.500 12 12 21.500 2.500 12zm0 6L8.500 12l3.500 3.500 3.500-3.500z" />,
  prefers_competitor: <path d="M4 4.500h7.500v5H4zM4 14.500h9v-4l7.500 6.500-7.500 5v-3.500H4z" />,
  hard_to_meet: <path fillRule="evenodd" d="M4 4h16v16H4zm3.200 5.800v4.400h9.600V9.800z" />,
};

const unknown = <circle cx="12" cy="12" r="7" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 3" />;

export function TemperatureShape({ code, size = 20 }: { code: string | null | undefined; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
      className={styles.shape}
      data-temperature={code ?? ""}
    >
      {(code && shapes[code]) || unknown}
    </svg>
  );
}

/** The temperature as a mark beside a name; its word is read out and shown as a hint. */
export function TemperatureMark({ code }: { code: string | null | undefined }) {
  const word = useTemperatureWord(code);
  return (
    <span className={styles.mark} data-temperature={code ?? ""} title={word} role="img" aria-label={word}>
      <TemperatureShape code={code} size={22} />
    </span>
  );
}

export function TemperatureBadge({ code, large = false }: { code: string | null | undefined; large?: boolean }) {
  const word = useTemperatureWord(code);
  return (
    <span className={styles.badge} data-temperature={code ?? ""} data-large={large || undefined}>
      <TemperatureShape code={code} size={large ? 18 : 15} />
      {word}
    </span>
  );
}

export function useTemperatureWord(code: string | null | undefined): string {
  const model = useModel();
  return code ? model.choiceLabel("hcp", "temperature", code) : "–";
}
