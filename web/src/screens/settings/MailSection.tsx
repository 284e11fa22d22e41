import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mailQuery } from "../../api/mail";
import { CardSkeletons, EmptyState, ErrorNotice } from "../../ui/parts";
import { CalendarSetting } from "./CalendarSetting";
import { DigestSetting } from "./DigestSetting";
import { MailArrival } from "./MailArrival";
import { WeeklyFigures } from "./WeeklyFigures";

/** Mails, where this company sends any, and the calendar. */
export function MailSection() {
  const { t } = useTranslation();
  const mail = useQuery(mailQuery);
  return (
    <>
      {mail.isPending && <CardSkeletons count={3} height={160} />}
      {mail.isError && <ErrorNotice error={mail.error} retry={() => void mail.refetch()} />}
      {mail.data?.available && mail.data.address === null && <EmptyState icon="mail">{t("mail.no_address")}</EmptyState>}
      {mail.data?.available && mail.data.address !== null && (
        <>
          <WeeklyFigures plan={mail.data} />
          <DigestSetting plan={mail.data} />
          <MailArrival plan={mail.data} />
        </>
      )}
      {!mail.isPending && <CalendarSetting />}
    </>
  );
}
