import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { showTour } from "./showing";
import { Button } from "../ui/Button";

/** Starts the tour again, on Today. */
export function ShowAround({ before }: { before?: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = () => {
    before?.();
    showTour("asked_for");
    void navigate({ to: "/" });
  };
  return (
    <Button variant="default" size="md" onClick={start}>
      {t("tour.start")}
    </Button>
  );
}
