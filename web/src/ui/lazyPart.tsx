import { lazy, type ComponentType, type ReactNode } from "react";
import { allTexts } from "../i18n";

/** A part of Today or of the shell that is loaded when it is first shown, with the texts that it needs. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [Part] = await Promise.all([load(), allTexts()]);
    return { default: Part };
  });
}

/** The same of a part with inputs: they stand nowhere on Today, so it brings with it what Mantine's ask for. */
export function lazyForm<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazyPart(async () => {
    const [Form, { Inputs }] = await Promise.all([load(), import("./Inputs")]);
    return (props: Props): ReactNode => (
      <Inputs>
        <Form {...props} />
      </Inputs>
    );
  });
}
