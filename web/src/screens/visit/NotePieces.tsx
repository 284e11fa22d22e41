import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shortListQuery } from "../../api/day";
import { useMe, useModel } from "../../api/queries";
import { formatDay, formatTime } from "../../lib/dates";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/icons";
import { Lacks } from "../../ui/Lacks";
import { Badge } from "../../ui/marks";
import styles from "./NoteBox.module.css";
import { PieceEditor } from "./PieceEditor";
import { competitorKind, isPromise, kept, promiseKind, type DraftPiece } from "./pieces";

interface NotePiecesProps {
  pieces: DraftPiece[];
  set: (pieces: DraftPiece[]) => void;
  errorAt: (pointer: string) => string | undefined;
  /** What a promise lacks, by the id of its piece. */
  lacks: (id: string) => Map<string, string>;
}

const icons: Record<string, IconName> = { question: "help", interest: "up", competitor: "flag", [promiseKind]: "promise" };

/** What the note says, one thing a line: each may be corrected or left out before the visit is saved. */
export function NotePieces({ pieces, set, errorAt, lacks }: NotePiecesProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const dropped = pieces.length - kept(pieces).length;
  const edit = (id: string, values: Partial<DraftPiece>) =>
    // What was vague in the note is judged anew by the words that take its place.
    set(pieces.map((piece) => (piece.id === id ? { ...piece, isEdited: true, isVague: false, ...values } : piece)));
  const drop = (id: string, isDropped: boolean) =>
    set(pieces.map((piece) => (piece.id === id ? { ...piece, isDropped } : piece)));
  if (pieces.length === 0) return null;
  return (
    <>
      <ul className={styles.pieces} aria-label={t("visit.pieces")}>
        {pieces.map((piece, index) =>
          piece.isDropped ? null : (
            <li key={piece.id} className={styles.piece} data-kind={piece.kind}>
              <Piece piece={piece} open={() => setOpen(open === piece.id ? null : piece.id)} isOpen={open === piece.id} drop={() => drop(piece.id, true)} />
              {errorAt(`/pieces/${index}`) !== undefined && (
                <p className={styles.error} role="alert">
                  {errorAt(`/pieces/${index}`)}
                </p>
              )}
              {isPromise(piece) && <Lacks lacks={lacks(piece.id)} />}
              {open === piece.id && <PieceEditor piece={piece} lacks={lacks(piece.id)} edit={(values) => edit(piece.id, values)} close={() => setOpen(null)} />}
            </li>
          ),
        )}
      </ul>
      {dropped > 0 && (
        <p className={styles.dropped}>
          {t("visit.pieces_dropped", { count: dropped })}
          <Button variant="subtle" size="sm" onClick={() => set(pieces.map((piece) => ({ ...piece, isDropped: false })))}>
            {t("visit.pieces_back")}
          </Button>
        </p>
      )}
    </>
  );
}

interface PieceProps {
  piece: DraftPiece;
  isOpen: boolean;
  open: () => void;
  drop: () => void;
}

function Piece({ piece, isOpen, open, drop }: PieceProps) {
  const { t } = useTranslation();
  const model = useModel();
  const kind = isPromise(piece) ? model.objectLabel("promise") : model.choiceLabel("topic", "kind", piece.kind);
  const what = piece.text.trim() || kind;
  return (
    <div className={styles.pieceHead}>
      <Icon name={icons[piece.kind] ?? "chat"} size={20} />
      <div className={styles.pieceText}>
        <p className={styles.kind}>{kind}</p>
        <p>{piece.text || <span className={styles.soft}>{t("visit.piece_what_missing")}</span>}</p>
        <Facts piece={piece} />
      </div>
      <button type="button" className={styles.tool} onClick={open} aria-expanded={isOpen} aria-label={t("visit.piece_edit", { what })}>
        <Icon name="pen" size={18} />
      </button>
      <button type="button" className={styles.tool} onClick={drop} aria-label={t("visit.piece_drop", { what })}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}

/** When it is due, which product and what it is about. */
function Facts({ piece }: { piece: DraftPiece }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const product = useProduct(piece.product);
  return (
    <p className={styles.facts}>
      {isPromise(piece) && piece.due !== null && (
        <Badge icon="clock">
          {t("visit.piece_by", { when: `${formatDay(piece.due, i18n.language, me.zone)} ${formatTime(piece.due, i18n.language, me.zone)}` })}
        </Badge>
      )}
      {isPromise(piece) && piece.due === null && (
        <Badge tone="warn" icon="warning">
          {t("visit.piece_due_missing")}
        </Badge>
      )}
      {piece.kind === competitorKind && piece.direction && <Badge tone="info">{model.choiceLabel("topic", "direction", piece.direction)}</Badge>}
      {!isPromise(piece) && product !== null && <Badge icon="product">{product}</Badge>}
      {!isPromise(piece) && piece.subjects.map((code) => <Badge key={code}>{model.choiceLabel("topic", "subjects", code)}</Badge>)}
    </p>
  );
}

/** The title of a product; null while it is not known. */
export function useProduct(id: string | null): string | null {
  const products = useQuery({
    ...shortListQuery("product", { filter: { in: [{ var: "kind" }, ["brand", "product"]] }, sort: "name", limit: 100 }),
    enabled: id !== null,
  });
  return products.data?.items.find((item) => item.id === id)?.title ?? null;
}
