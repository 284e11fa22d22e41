import type en from "./en";
import type first from "./en/first";
import type figures from "./en/figures.json";
import type mail from "./en/mail.json";
import type playbooks from "./en/playbooks.json";
import type studio from "./en/studio.json";

type Areas = { studio: typeof studio; figures: typeof figures; mail: typeof mail; playbooks: typeof playbooks };

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof first & Areas };
    returnNull: false;
  }
}
