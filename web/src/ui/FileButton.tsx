import { useRef } from "react";
import { Button } from "./Button";
import { Icon } from "./icons";

interface FileButtonProps {
  children: string;
  onChoose: (file: File) => void;
  /** What kinds of file are offered, as the browser's input takes it. */
  accept?: string;
  id?: string;
  describedBy?: string | undefined;
}

/** Opens the device's own choice of a file. */
export function FileButton({ children, onChoose, accept, id, describedBy }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        id={id}
        variant="default"
        size="md"
        leftSection={<Icon name="upload" size={18} />}
        onClick={() => input.current?.click()}
        aria-describedby={describedBy}
      >
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again after a mistake.
          event.currentTarget.value = "";
          if (file) onChoose(file);
        }}
      />
    </>
  );
}
