import { Switch } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../../api/queries";
import { languages } from "../../../i18n";
import { Dialog } from "../../../ui/Dialog";
import { FormActions } from "../../../ui/FormActions";
import forms from "../../../ui/forms.module.css";
import { tidyTexts, type Texts } from "../design/body";
import { CodeInput, useCode } from "../design/CodeInput";
import { TextsInput } from "../design/TextsInput";
import { begin } from "../design/useDefinition";
import { newObject } from "./newObject";

/** In every language of the product, from the page's own texts. */
function useTexts(): (key: "studio.objects.title_field_name" | "studio.objects.owner_field_name") => Texts {
  const { t } = useTranslation();
  return (key) => Object.fromEntries(languages.map((lng) => [lng, t(`${key}_${lng}` as never)])) as Texts;
}

/** Asks for what a new kind of record cannot do without; fields, forms and rights follow on its page, before it is published. */
export function NewObject({ taken, close }: { taken: string[]; close: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const navigate = useNavigate();
  const texts = useTexts();
  const [labels, setLabels] = useState<Texts>({});
  const [plural, setPlural] = useState<Texts>({});
  const [titleLabels, setTitleLabels] = useState<Texts>(() => texts("studio.objects.title_field_name"));
  const [owned, setOwned] = useState(false);
  const { code: name, type } = useCode(labels);
  const isTaken = taken.includes(name) || model.object(name) !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    const body = newObject({
      name,
      labels: tidyTexts(labels) ?? {},
      plural: tidyTexts({ ...labels, ...tidyTexts(plural) }) ?? {},
      titleLabels: tidyTexts(titleLabels) ?? {},
      owned,
      ownerLabels: texts("studio.objects.owner_field_name"),
    });
    begin(`objects.${name}`, [{ kind: "objects", name, body }]);
    void navigate({ to: "/studio/objects/$object", params: { object: name } });
  };
  return (
    <Dialog title={t("studio.objects.add_object")} form="panel" close={close}>
      <form className={forms.form} onSubmit={submit}>
        <TextsInput label={t("studio.objects.one")} required value={labels} onChange={setLabels} />
        <TextsInput label={t("studio.objects.many")} hint={t("studio.objects.many_hint")} value={plural} onChange={setPlural} />
        <CodeInput value={name} onChange={type} isTaken={isTaken} />
        <TextsInput
          label={t("studio.objects.title_field")}
          hint={t("studio.objects.title_field_hint")}
          required
          value={titleLabels}
          onChange={setTitleLabels}
        />
        <Switch
          size="md"
          label={t("studio.objects.owned")}
          description={t("studio.objects.owned_hint")}
          checked={owned}
          onChange={({ currentTarget }) => setOwned(currentTarget.checked)}
        />
        <FormActions busy={false} cancel={close} submit={t("studio.begin")} />
      </form>
    </Dialog>
  );
}
