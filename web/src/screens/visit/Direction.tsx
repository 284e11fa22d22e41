import { useModel } from "../../api/queries";
import { ChooseOne } from "../../ui/Tiles";

interface DirectionProps {
  name: string;
  value: string | null;
  onChange: (direction: string) => void;
}

/** In which direction a competitor was mentioned: it decides how the next visit answers. */
export function Direction({ name, value, onChange }: DirectionProps) {
  const model = useModel();
  return (
    <ChooseOne
      legend={model.fieldLabel("topic", "direction")}
      name={name}
      value={value}
      onChange={onChange}
      options={model.choices("topic", "direction").map((choice) => ({ value: choice.code, label: model.label(choice) }))}
    />
  );
}
