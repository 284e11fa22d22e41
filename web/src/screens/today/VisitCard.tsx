import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord } from "../../api/shapes";
import { formatDay, formatTime } from "../../lib/dates";
import { Fact } from "../../ui/parts";
import { PersonCard } from "../../ui/PersonCard";

/** A planned visit, or a note that waits to be completed. */
export function VisitCard({ visit }: { visit: AnyRecord }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const hcp = expanded(visit, "hcp");
  const at = visit["planned_at"] ?? visit["held_at"];
  if (hcp === null) return null;
  return (
    <PersonCard hcp={hcp}>
      <p>
        <Fact icon="clock">
          {typeof at === "string" &&
            `${formatDay(at, i18n.language, me.zone)} ${formatTime(at, i18n.language, me.zone)} · `}
          {model.choiceLabel("visit", "channel", String(visit["channel"]))} ·{" "}
          {model.choiceLabel("visit", "state", String(visit["state"]))}
        </Fact>
      </p>
    </PersonCard>
  );
}
