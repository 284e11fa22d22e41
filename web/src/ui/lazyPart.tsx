import { lazy, type ComponentType, type ReactNode } from "react";

/**
 * A part that is loaded when it is first shown, from where no inputs stand: Today and the shell. It brings with it
 * what its inputs ask for.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [Part, { Inputs }] = await Promise.all([load(), import("./Inputs")]);
    const WithInputs = (props: Props): ReactNode => (
      <Inputs>
        <Part {...props} />
      </Inputs>
    );
    return { default: WithInputs };
  });
}
