import type en from "./en";
import type studio from "./en/studio.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en & { studio: typeof studio } };
    returnNull: false;
  }
}
