import type en from "./en";
import type first from "./en/first";
import type figures from "./en/figures.json";
import type studio from "./en/studio.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof first & { studio: typeof studio; figures: typeof figures } };
    returnNull: false;
  }
}
