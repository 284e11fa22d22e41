import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languages } from "../../../i18n";
import { Section } from "../../../ui/parts";
import { textFor, type ObjectBody, type Texts } from "../design/body";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";
import { titledBy } from "./newObject";

const allLanguages = (text: string): Texts => Object.fromEntries(languages.map((language) => [language, text]));

interface NamesProps {
  body: ObjectBody;
  change: (body: ObjectBody) => void;
}

/** What people call a kind of record: one, many, and each record by itself. */
export function Names({ body, change }: NamesProps) {
  const { t, i18n } = useTranslation();
  const problemAt = useProblemAt("objects", body.object);
  return (
    <Section title={t("studio.objects.part_names")}>
      <TextsInput
        label={t("studio.objects.one")}
        required
        value={body.labels}
        error={problemAt("/labels")}
        onChange={(labels) => change({ ...body, labels })}
      />
      <TextsInput
        label={t("studio.objects.many")}
        required
        value={body.plural}
        error={problemAt("/plural")}
        onChange={(plural) => change({ ...body, plural })}
      />
      <NativeSelect
        size="md"
        label={t("studio.objects.titled_by")}
        value={titledBy(body["title"] as Texts | undefined) ?? ""}
        onChange={({ currentTarget }) => change({ ...body, title: allLanguages(`{${currentTarget.value}}`) })}
        data={[
          ...(titledBy(body["title"] as Texts | undefined) === null ? [{ value: "", label: t("studio.objects.titled_by_several"), disabled: true }] : []),
          ...body.fields
            .filter(({ type }) => ["text", "email", "choice", "date"].includes(type))
            .map(({ name, labels }) => ({ value: name, label: textFor(labels, i18n.language, name) })),
        ]}
      />
      <TextsInput
        label={t("studio.objects.record_title")}
        hint={t("studio.objects.record_title_hint")}
        required
        value={body["title"] as Texts | undefined}
        error={problemAt("/title")}
        onChange={(title) => change({ ...body, title })}
      />
    </Section>
  );
}
