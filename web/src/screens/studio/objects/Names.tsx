import { useTranslation } from "react-i18next";
import { Section } from "../../../ui/parts";
import type { ObjectBody, Texts } from "../design/body";
import { useProblemAt } from "../design/problems";
import { TextsInput } from "../design/TextsInput";

interface NamesProps {
  body: ObjectBody;
  change: (body: ObjectBody) => void;
}

/** What people call a kind of record: one, many, and each record by itself. */
export function Names({ body, change }: NamesProps) {
  const { t } = useTranslation();
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
