import type en from "./en";
import type first from "./en/first";
import type studio from "./en/studio.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof first & { studio: typeof studio } };
    returnNull: false;
  }
}
