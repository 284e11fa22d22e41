import { Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { LintFindings } from "../../lint/LintFindings";
import { ChooseOne } from "../../ui/Tiles";
import { Direction } from "./Direction";
import { Line, Lines } from "./Line";
import type { DraftText } from "./draft";
import { competitorKind } from "./pieces";
import type { PartProps } from "./VisitParts";

const kinds = {
  topics: { object: "topic", one: "topic" },
  memos: { object: "memo", one: "memo" },
} as const;

/** Topics raised, or memos for the story: each of a kind, in words. */
export function TextLines({ draft, change, errorAt, list }: PartProps & { list: "topics" | "memos" }) {
  const { t } = useTranslation();
  const model = useModel();
  const { object, one } = kinds[list];
  const choices = model.choices(object, "kind");
  const lines = draft[list];
  const set = (next: DraftText[]) => change({ [list]: next });
  const edit = (index: number, values: Partial<DraftText>) =>
    set(lines.map((line, at) => (at === index ? { ...line, ...values } : line)));
  return (
    <Lines title={t(`visit.${list}`)}>
      {lines.map((line, index) => (
        <Line
          key={line.id}
          name={t(`visit.${one}_open`, { number: index + 1 })}
          remove={() => set(lines.filter((_, at) => at !== index))}
        >
          <ChooseOne
            legend={t("visit.kind")}
            hiddenLegend
            name={`${list}_${index}_kind`}
            value={line.kind}
            onChange={(kind) => edit(index, { kind })}
            error={errorAt(`/${list}/${index}/kind`)}
            options={choices.map((choice) => ({ value: choice.code, label: model.label(choice) }))}
          />
          {list === "topics" && line.kind === competitorKind && (
            <Competitor line={line} name={`topics_${index}_direction`} edit={(values) => edit(index, values)} />
          )}
          <Textarea
            size="md"
            rows={2}
            label={t(`visit.${one}_text`)}
            value={line.text}
            onChange={(event) => edit(index, { text: event.currentTarget.value })}
            error={errorAt(`/${list}/${index}/text`)}
            autoFocus={line.text === "" && index === lines.length - 1}
          />
          <LintFindings field={list === "topics" ? "topic.text" : "memo.text"} text={line.text} />
        </Line>
      ))}
    </Lines>
  );
}

interface CompetitorProps {
  line: DraftText;
  name: string;
  edit: (values: Partial<DraftText>) => void;
}

/** Whose product was mentioned, and in which direction. */
function Competitor({ line, name, edit }: CompetitorProps) {
  const model = useModel();
  return (
    <>
      <TextInput
        size="md"
        label={model.fieldLabel("topic", "competitor")}
        maxLength={120}
        value={line.competitor ?? ""}
        onChange={(event) => edit({ competitor: event.currentTarget.value })}
      />
      <Direction name={name} value={line.direction ?? null} onChange={(direction) => edit({ direction })} />
    </>
  );
}
