import { useModel } from "../../api/queries";
import type { ImportDraft } from "./draft";

/** For each field of choices that a column leads to, the words that can stand in its cells. */
export function ChoiceLists({ object, draft }: { object: string; draft: ImportDraft }) {
  const model = useModel();
  const fields = Object.values(draft.places ?? {}).map(({ to }) => to);
  return fields.map((field) => {
    const choices = model.choices(object, field);
    if (choices.length === 0) return null;
    return (
      <datalist key={field} id={`choices-${field}`}>
        {choices.map((choice) => (
          <option key={choice.code} value={model.label(choice)} />
        ))}
      </datalist>
    );
  });
}
