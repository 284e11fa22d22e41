import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { LintFindings } from "../../lint/LintFindings";
import { ReferenceSelect } from "../../record/ReferenceSelect";
import { Button } from "../../ui/Button";
import { InstantInput } from "../../ui/InstantInput";
import { ChooseMany, ChooseOne } from "../../ui/Tiles";
import styles from "./NoteBox.module.css";
import { useProduct } from "./NotePieces";
import { ConfirmNode } from "./ConfirmNode";
import { Direction } from "./Direction";
import { competitorKind, isPromise, promiseKind, type DraftPiece } from "./pieces";

interface PieceEditorProps {
  piece: DraftPiece;
  edit: (values: Partial<DraftPiece>) => void;
  /** What it lacks as a promise, by pointer. */
  lacks: Map<string, string>;
  close: () => void;
}

/** What the note says there, put right: what it is, in which words, and of what or until when. */
export function PieceEditor({ piece, edit, lacks, close }: PieceEditorProps) {
  const { t } = useTranslation();
  const model = useModel();
  const kinds = [
    ...model.choices("topic", "kind").map((choice) => ({ value: choice.code, label: model.label(choice) })),
    ...(model.may("promise", "create") ? [{ value: promiseKind, label: model.objectLabel("promise") }] : []),
  ];
  return (
    <div className={styles.editor}>
      <ChooseOne
        legend={t("visit.kind")}
        hiddenLegend
        name={`piece_${piece.id}`}
        value={piece.kind}
        onChange={(kind) => edit({ kind })}
        options={kinds}
      />
      <Textarea
        size="md"
        rows={2}
        label={t(isPromise(piece) ? "visit.promise_what" : "visit.topic_text")}
        value={piece.text}
        onChange={(event) => edit({ text: event.currentTarget.value })}
        error={isPromise(piece) ? lacks.get("/deliverable") : undefined}
      />
      <LintFindings field={isPromise(piece) ? "promise.deliverable" : "topic.text"} text={piece.text} />
      {piece.kind === competitorKind && <Direction name={`piece_${piece.id}_direction`} value={piece.direction ?? null} onChange={(direction) => edit({ direction })} />}
      {isPromise(piece) ? <Due piece={piece} edit={edit} /> : <About piece={piece} edit={edit} />}
      <Button variant="default" size="md" onClick={close}>
        {t("visit.piece_done")}
      </Button>
    </div>
  );
}

type PartProps = Omit<PieceEditorProps, "close" | "lacks">;

function Due({ piece, edit }: PartProps) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <InstantInput label={t("visit.promise_due")} value={piece.due ?? ""} onChange={(due) => edit({ due: due || null })} zone={me.zone} required />
      <ConfirmNode value={piece.confirm ?? null} onChange={(confirm) => edit({ confirm })} />
    </>
  );
}

function About({ piece, edit }: PartProps) {
  const model = useModel();
  const product = useProduct(piece.product);
  return (
    <>
      <ReferenceSelect
        key={product ?? ""}
        object="product"
        label={model.fieldLabel("topic", "product")}
        description={undefined}
        error={undefined}
        required={false}
        value={piece.product ?? ""}
        title={product ?? ""}
        onChange={(id) => edit({ product: id || null })}
      />
      <ChooseMany
        legend={model.fieldLabel("topic", "subjects")}
        values={piece.subjects}
        onChange={(subjects) => edit({ subjects })}
        options={model.choices("topic", "subjects").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
      />
    </>
  );
}
